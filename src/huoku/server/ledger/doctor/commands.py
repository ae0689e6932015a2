"""I9, I10: every movement belongs to a command that was carried out, and its answer is kept as it was given."""

import json

from huoku.language import Sentence
from huoku.server.ledger.doctor.finding import AT_MOST, Finding
from huoku.server.ledger.doctor.names import MOVEMENTS
from huoku.server.platform.canonical import canonical
from huoku.server.platform.models import CommandRecord
from huoku.server.platform.sql import ask

RECORDS = f'"{CommandRecord._meta.db_table}"'
NO_COMMAND = Sentence(
    "出入库的请求编号 {key} 没有对应的已完成请求。",
    "Movements bear the key {key}, under which no command was carried out.",
)
OTHER_BYTES = Sentence(
    "请求 {key}（{name}）保存的回答被改动过：再次提交时得到的不再是原样的回答。",
    "The stored answer of {name} under the key {key} was changed: whoever asks again no longer gets the same bytes.",
)


def commands_are_answered(company_id: int) -> list[Finding]:
    return [*_movements_without(company_id), *_changed_answers(company_id)]


def _movements_without(company_id: int) -> list[Finding]:
    rows = ask(
        f"SELECT command_key FROM {MOVEMENTS} WHERE company_id = %s EXCEPT "
        f"SELECT key FROM {RECORDS} WHERE company_id = %s AND status = 200 LIMIT {AT_MOST}",
        [company_id, company_id],
    )
    return [Finding("I9", NO_COMMAND, {"key": key}) for (key,) in sorted(rows)]


def _changed_answers(company_id: int) -> list[Finding]:
    """An answer is stored in one form, which a hand that changes it is not likely to keep."""
    rows = CommandRecord.objects.of(company_id).order_by("pk").values_list("key", "name", "answer").iterator(5000)
    changed = [(key, name) for key, name, answer in rows if not _is_canonical(answer)]
    return [Finding("I10", OTHER_BYTES, {"key": key, "name": name}) for key, name in changed[:AT_MOST]]


def _is_canonical(answer: str) -> bool:
    try:
        return canonical(json.loads(answer)) == answer.encode()
    except ValueError:
        return False

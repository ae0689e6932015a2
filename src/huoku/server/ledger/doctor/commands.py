"""I9: every movement belongs to a command that was carried out and has its answer."""

from huoku.language import Sentence
from huoku.server.ledger.doctor.finding import AT_MOST, Finding
from huoku.server.ledger.doctor.names import MOVEMENTS
from huoku.server.platform.models import CommandRecord
from huoku.server.platform.sql import ask

RECORDS = f'"{CommandRecord._meta.db_table}"'
NO_COMMAND = Sentence(
    "出入库的请求编号 {key} 没有对应的已完成请求。",
    "Movements bear the key {key}, under which no command was carried out.",
)


def movements_belong_to_commands(company_id: int) -> list[Finding]:
    rows = ask(
        f"SELECT command_key FROM {MOVEMENTS} WHERE company_id = %s EXCEPT "
        f"SELECT key FROM {RECORDS} WHERE company_id = %s AND status = 200 LIMIT {AT_MOST}",
        [company_id, company_id],
    )
    return [Finding("I9", NO_COMMAND, {"key": key}) for (key,) in sorted(rows)]

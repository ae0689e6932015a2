"""Rows that were pasted, filled down or changed together, each by the counter of its own command."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from huoku.language import Sentence
from huoku.server.office.undoing.counter import Asked, Counter
from huoku.server.office.undoing.doing import Change, Doing, PartDone
from huoku.server.platform.refusals import Refused
from huoku.server.platform.tables.table import TABLES


class AddedForGood(Refused):
    code, status, is_kept = "added_for_good", 409, False
    words = Sentence(
        "这次保存里有新建的{zh}，新建的档案不删除：请停用它，其余的手工改回。",
        "Something new was saved with it ({en}), and a master record is not deleted: retire it, and change the rest "
        "back by hand.",
    )


def each_by(counters: Mapping[str, Counter]) -> Counter:
    """The last row first. Raises AddedForGood where one was added that is not taken out again, such as an item."""

    def counter(doing: Doing) -> Iterable[tuple[str, Asked]]:
        table = TABLES[doing.answer["table"]]
        recorded: dict[int, list[Change]] = defaultdict(list)
        for change in doing.changes(table.model._meta.label_lower):
            recorded[change.id].append(change)
        for row in reversed(doing.answer["rows"]):
            if of_row := recorded.get(row["id"]):  # else it was so before
                command = table.change if of_row[0].old else table.add
                if command is None or command.name not in counters:
                    raise AddedForGood(field="rows", value=row["id"], zh=table.title.zh, en=table.title.en)
                yield from counters[command.name](PartDone(doing, command.name, row, of_row))

    return counter

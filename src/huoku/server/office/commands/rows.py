"""Many rows written at once, wholly or not at all: what was pasted, filled down or changed together."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, ValidationError

from huoku.language import Language, Sentence, kept
from huoku.server.office.rights import FILL_IN
from huoku.server.platform.audit import StreamName
from huoku.server.platform.command import At, command
from huoku.server.platform.hints import hint
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import Asked, Code, Opened
from huoku.server.platform.tables.table import TABLES

MOST_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Fault:
    """One cell, or a whole row where ``field`` is empty, that is not right, and what would be, in both languages."""

    row: int
    field: str
    zh: str
    en: str

    @classmethod
    def of(cls, row: int, field: str, words: Sentence, **fields: object) -> "Fault":
        return cls(row, field, words.say("zh", **fields), words.say("en", **fields))

    def say(self, lang: Language) -> str:
        return kept(self.zh, self.en, lang)


class RowsRefused(Refused):
    """``faults``: what is wrong, by the place of its row."""

    code, is_kept = "rows_refused", False
    words = Sentence("{count} 处不对，什么也没有保存。", "{count} {count|cell is|cells are} wrong; nothing was saved.")

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(count=len(faults))
        self.faults = faults


class RowValues(Opened):
    """``id``: of the row to change; None: a new one."""

    id: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = None  # type: ignore[assignment]
    values: dict[str, Any]


class SaveRows(Asked):
    table: Code
    rows: Annotated[list[RowValues], Field(min_length=1, max_length=MOST_ROWS)]


def _chain(request: SaveRows) -> StreamName:
    table = TABLES[request.table]
    return StreamName((table.change or table.add).name.split(".")[0])  # type: ignore[union-attr]


@command(right=FILL_IN, stream=_chain)
def save_rows(at: At, request: SaveRows) -> dict[str, object]:
    """Each row by its table's own command, all or none. Raises RowsRefused with every fault, and NotAllowed."""
    told, faults = [], []
    for place, row in enumerate(request.rows):
        try:
            told.append(_saved(at, request.table, row))
        except ValidationError as wrong:
            faults += [_fault(place, each) for each in wrong.errors()]
        except Refused as refusal:
            field = refusal.field if refusal.field in row.values else ""
            faults.append(Fault(place, field, refusal.say("zh"), refusal.say("en")))
    if faults:
        raise RowsRefused(faults)
    return {"table": request.table, "rows": told}


def _saved(at: At, name: str, row: RowValues) -> Any:
    table = TABLES[name]
    if row.id is None:
        if table.add is None:
            raise NoNewRows()
        return table.add(at, table.add.request.model_validate(row.values))
    if table.change is None:
        raise NoChanges()
    asked = {**row.values, "id": row.id}
    if "version" in table.change.request.model_fields:
        asked["version"] = row.version
    return table.change(at, table.change.request.model_validate(asked))


class NoNewRows(Refused):
    code = "no_new_rows"
    words = Sentence("这张表不能这样加行。", "No rows can be added to this table.")


class NoChanges(Refused):
    code = "no_changes"
    words = Sentence("这张表不能这样改。", "Rows of this table cannot be changed.")


def _fault(place: int, error: Any) -> Fault:
    field = str(error["loc"][0]) if error["loc"] else ""
    return Fault(place, field, hint(error, "zh"), hint(error, "en"))

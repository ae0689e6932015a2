"""How a factory is brought in: one command after the other, each under a key that says which row it is of."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import polars as pl
from pydantic import ValidationError

from huoku.errors import DataError, Problem
from huoku.factory import Factory
from huoku.language import Sentence
from huoku.server.planning.reading.columns import MAIN
from huoku.server.platform.actor import Actor
from huoku.server.platform.command import Command, perform
from huoku.server.platform.hints import hint
from huoku.server.platform.refusals import Refused

REFUSED = Sentence("{zh}", "{en}")
NOT_UNDERSTOOD = Sentence("这个值不能用：{zh}", "This value will not do: {en}")


class Row(dict[str, Any]):
    """A row of a table of the factory, which knows where it stands: in its file, or else with the header as row 1."""

    def __init__(self, table: str, number: int, cells: dict[str, Any]) -> None:
        super().__init__(cells)
        self.table, self.number = table, number


@dataclass(slots=True)
class Hands:
    """Whoever brings a factory in. ``ids`` remembers what was made, by table and code; ``row`` is the one at hand;
    ``tell`` hears after each command how many there were, and of which table the row at hand is."""

    actor: Actor
    factory: Factory
    mark: str
    count: int = 0
    row: Row | None = None
    tell: Callable[[int, str], None] = lambda count, table: None
    ids: dict[tuple[str, str], int] = field(default_factory=dict)

    def do(self, what: Command[Any], of: Sequence[Row] = (), /, **fields: Any) -> dict[str, Any]:
        """Perform a command with those fields that say something. ``of``: the rows that it is about, where it is not
        the one at hand. Raises DataError naming the row that was refused, Refused where it is about none."""
        self.count += 1
        self.tell(self.count, of[0].table if of else self.row.table if self.row else "")
        given = {name: value for name, value in fields.items() if value is not None}
        try:
            done = perform(what, what.request(**given), actor=self.actor, key=f"{self.mark}:{self.count}")
        except Refused as refusal:
            row = of[min(refusal.row or 0, len(of) - 1)] if of else self.row
            if row is None:
                raise
            said = {"zh": refusal.say("zh"), "en": refusal.say("en")}
            raise _wrong(row, refusal.code, REFUSED, refusal.field, str(refusal.value), said) from refusal
        except ValidationError as fault:
            error = fault.errors()[0]
            row = next((of[each] for each in error["loc"] if isinstance(each, int) and each < len(of)), None)
            row = row or (of[0] if of else self.row)
            if row is None:
                raise
            name = str(error["loc"][-1]) if error["loc"] else ""
            said = {"zh": hint(error, "zh"), "en": hint(error, "en")}
            raise _wrong(row, "not_understood", NOT_UNDERSTOOD, name, str(error["input"]), said) from fault
        answer: dict[str, Any] = done.result()
        return answer

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table of the factory, in its order, with columns of its own such as ``name_en``."""
        frame = self.factory.table(table)
        numbers = self.factory.file_rows.get(table, range(2, frame.height + 2))
        for number, cells in zip(numbers, frame.iter_rows(named=True), strict=True):
            self.row = Row(table, number, cells)
            yield self.row
        self.row = None

    def site(self, location: str | None) -> str | None:
        """The code of the site that a location of the factory becomes; MAIN is no site."""
        return None if location in (None, MAIN) else location

    def place(self, location: str | None, bin: str | None = None) -> int:
        """The id of the store of a location of the factory, or of a place within it."""
        return self.ids.get(("place", bin or "")) or self.ids["location", location or MAIN]


def _wrong(row: Row, rule: str, words: Sentence, name: str, value: str, said: Mapping[str, object]) -> DataError:
    column = name if name in row else ""
    shown = str(row[column]) if column else value
    return DataError([Problem("error", rule, words, row.table, "", row.number, column, shown, dict(said))])


def said(value: Decimal | None) -> str | None:
    """A decimal as a request takes it."""
    return None if value is None else format(value.normalize(), "f")


def values(frame: pl.DataFrame, column: str) -> list[str]:
    """What stands in a column, once each, sorted, without empty cells."""
    found: list[str] = frame.get_column(column).drop_nulls().unique().sort().to_list()
    return found

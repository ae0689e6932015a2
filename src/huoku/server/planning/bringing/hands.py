"""How a factory is brought in: one command after the other, each under a key that says which row it is of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import polars as pl

from huoku.factory import Factory
from huoku.server.planning.reading.columns import MAIN
from huoku.server.platform.actor import Actor
from huoku.server.platform.command import Command, perform

Row = Mapping[str, Any]


@dataclass(slots=True)
class Hands:
    """Whoever brings a factory in. ``ids`` remembers what was made, by table and code."""

    actor: Actor
    factory: Factory
    mark: str
    count: int = 0
    ids: dict[tuple[str, str], int] = field(default_factory=dict)

    def do(self, what: Command[Any], **fields: Any) -> dict[str, Any]:
        """Perform a command with those fields that say something. Raises Refused, pydantic's ValidationError."""
        self.count += 1
        given = {name: value for name, value in fields.items() if value is not None}
        done = perform(what, what.request(**given), actor=self.actor, key=f"{self.mark}:{self.count}")
        answer: dict[str, Any] = done.result()
        return answer

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table of the factory, in its order, without columns that the contract does not know."""
        yield from self.factory.table(table).iter_rows(named=True)

    def site(self, location: str | None) -> str | None:
        """The code of the site that a location of the factory becomes; MAIN is no site."""
        return None if location in (None, MAIN) else location

    def place(self, location: str | None) -> int:
        """The id of the store of a location of the factory."""
        return self.ids["location", location or MAIN]


def said(value: Decimal | None) -> str | None:
    """A decimal as a request takes it."""
    return None if value is None else format(value.normalize(), "f")


def values(frame: pl.DataFrame, column: str) -> list[str]:
    """What stands in a column, once each, sorted, without empty cells."""
    found: list[str] = frame.get_column(column).drop_nulls().unique().sort().to_list()
    return found

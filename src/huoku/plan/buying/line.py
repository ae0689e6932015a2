"""One option as people read it, in units, days and money; and the same as plain data."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from huoku.buy.negotiation import Pack
from huoku.buy.options import BreakEven
from huoku.buy.options.option import Kind
from huoku.buy.options.parts import Parts, Use


@dataclass(frozen=True, slots=True)
class Line:
    """One option. Money in the factory's currency, quantities in the item's unit; see ``Weighed`` for the figures.

    ``whom``: supplier, partner, substitute, design or later order; empty where there is none. ``in_all``: what is
    bought together with others, of which ``qty`` is this need's part; None where it is bought alone. ``late_days``: so
    long after it is wanted it comes. ``rest``: what may be called later of a contract. ``parts`` add up to ``cost``,
    ``uses`` to ``used_share``. ``break_even``: None where nothing is left over, or no other option leaves less.
    ``taken``: is it what the plan does? ``by_plan``: can a plan do it by itself? The others need somebody to ask, to
    agree or to decide.
    """

    kind: Kind
    whom: str
    qty: float
    unit_price: float
    cash: float
    cost: float
    cvar: float
    in_all: float | None
    leftover: float
    leftover_value: float
    used_share: float | None
    used_low: float | None
    used_high: float | None
    weeks: float | None
    dies: float
    date: date | None
    late_days: int
    rest: float
    parts: Parts
    uses: tuple[Use, ...]
    break_even: BreakEven | None
    taken: bool
    by_plan: bool


def plain_line(line: Line) -> dict[str, Any]:
    told = asdict(line)
    told["break_even"] = None if line.break_even is None else line.break_even._asdict()
    told["parts"], told["uses"] = line.parts._asdict(), [use._asdict() for use in line.uses]
    return told


def plain_pack(pack: Pack) -> dict[str, Any]:
    told = pack._asdict()
    told["break_even"] = None if pack.break_even is None else pack.break_even._asdict()
    told["points"] = [point._asdict() for point in pack.points]
    told["reached"] = [one._asdict() for one in pack.reached]
    return told

"""Quantities and money compared and put in order by what they are worth, in SQL.

A column of them is a whole number of a step, and the row beside says of which: the item's decimals, the currency. A
bound, which comes in millionths, is taken to the steps of each size, rounded to the side that leaves the same rows; an
order goes by whole units first and by what is behind the point then. So both databases give the exact answer for every
number that a column can hold, without one on the way that is too large for them.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import BigIntegerField, Case, F, Q, Value, When
from django.db.models.expressions import Combinable

from huoku.server.platform.exact import BY_DIGITS, FINEST, MINOR_DIGITS, minor_digits
from huoku.server.platform.tables.kinds import MINOR, STEPS
from huoku.server.platform.tables.table import Column

EQUAL = ("eq", "ne", "in")
"""Lookups that name values; "ne" is the rows that "eq" leaves out."""


def is_scaled(column: Column) -> bool:
    return column.kind in (STEPS, MINOR)


def condition(column: Column, op: str, given: Any) -> Q:
    """The rows whose value stands so to ``given``: millionths, several of them for "in"."""
    found, steps = Q(pk__in=[]), set[int]()
    for digits, beside in _sizes(column):
        found |= beside & _in_steps(column.source, op, given, 10 ** (FINEST - digits))
    if op in EQUAL:  # of a million rows those alone are joined to what stands beside that can be meant at all
        for digits, _ in _sizes(column):
            steps.update(_equal(op, given, 10 ** (FINEST - digits)))
        found &= Q(**{f"{column.source}__in": sorted(steps)})
    return found


def _equal(op: str, given: Any, step: int) -> list[int]:
    """What is asked for, where it is a whole number of steps of so many millionths."""
    wanted: Iterable[int] = given if op == "in" else [given]
    return [each // step for each in wanted if each % step == 0]


def _in_steps(source: str, op: str, given: Any, step: int) -> Q:
    """The same of a column whose steps are so many millionths."""
    if op in EQUAL:
        return Q(**{f"{source}__in": _equal(op, given, step)})
    above, below = -(-given // step), given // step
    return Q(**{f"{source}__{op}": above if op in ("gte", "lt") else below})


def parts(column: Column) -> Mapping[str, Combinable]:
    """What a question is ordered by instead of the column: whole units, and the rest in millionths."""
    step = Case(*(When(beside, then=Value(10**digits)) for digits, beside in _sizes(column)))
    finer = Case(*(When(beside, then=Value(10 ** (FINEST - digits))) for digits, beside in _sizes(column)))
    for each in (step, finer):
        each.output_field = BigIntegerField()
    return {f"_units_{column.name}": F(column.source) / step, f"_rest_{column.name}": F(column.source) % step * finer}


def _sizes(column: Column) -> Sequence[tuple[int, Q]]:
    """Digits behind the point, each with what the row beside says then."""
    if column.kind is not MINOR:
        return [(digits, Q(**{column.beside: digits})) for digits in range(FINEST + 1)]
    usual = ~Q(**{f"{column.beside}__in": list(MINOR_DIGITS)})
    others = [(digits, Q(**{f"{column.beside}__in": codes})) for digits, codes in BY_DIGITS.items()]
    return [(minor_digits(""), usual), *others]

"""Giving a new document its number."""

import re
from collections.abc import Iterable, Sequence
from itertools import count

from huoku.server.documents.models import NumberRange
from huoku.server.platform.command import At
from huoku.server.platform.kept import Taken, facts
from huoku.server.platform.sql import ask

DIGITS = 5
OURS = re.compile(r"(?P<prefix>.+)-(?P<year>\d{4})-(?P<last>\d{1,9})")
"""A number as ``next_number`` makes it."""
TABLE = f'"{NumberRange._meta.db_table}"'


def next_number(at: At, kind: str, prefix: str) -> str:
    """The next number of this kind in the company's year, such as SO-2026-00017. ``prefix`` stands where the company
    has set none, for this year or the one before."""
    (number,) = next_numbers(at, kind, prefix, 1)
    return number


def next_numbers(at: At, kind: str, prefix: str, count: int) -> list[str]:
    """So many numbers in a row.

    The range's row is locked until the command ends, so that the numbers have no gaps.
    """
    year = at.today.year
    rows = ask(
        f"UPDATE {TABLE} SET last = last + %s WHERE company_id = %s AND kind = %s AND year = %s "
        "RETURNING prefix, digits, last",
        [count, at.company_id, kind, year],
    )
    if not rows:
        _begin(at, kind, year, prefix)
        return next_numbers(at, kind, prefix, count)
    ((prefix, digits, last),) = rows
    return [f"{prefix}-{year}-{number:0{digits}d}" for number in range(last - count + 1, last + 1)]


def number_given(at: At, kind: str, prefix: str, number: str) -> str:
    """A paper that exists already keeps its number. Where that is one of the company's own of this year, the range goes
    on behind it, so that no new paper gets it again."""
    year = at.today.year
    if (found := OURS.fullmatch(number)) and int(found["year"]) == year:
        last = int(found["last"])
        _begin(at, kind, year, prefix)
        ask(
            f"UPDATE {TABLE} SET last = %s WHERE company_id = %s AND kind = %s AND year = %s AND prefix = %s "
            "AND last < %s RETURNING id",
            [last, at.company_id, kind, year, found["prefix"], last],
        )
    return number


def line_numbers(given: Sequence[int | None], there: Iterable[int] = ()) -> list[int]:
    """The numbers of new lines: as given, else the next free one after the line before. Raises Taken where one is given
    that is there already."""
    taken = set(there)
    last, numbers = max(taken, default=0), []
    for row, number in enumerate(given):
        if number in taken:
            raise Taken(row=row, field="seq", value=number, noun_zh="行号", noun_en="line")
        taken |= {number} if number else set()
    for number in given:
        last = number or next(free for free in count(last + 1) if free not in taken)
        taken.add(last)
        numbers.append(last)
    return numbers


def _begin(at: At, kind: str, year: int, prefix: str) -> None:
    before = NumberRange.objects.of(at.company_id).filter(kind=kind, year__lt=year).order_by("-year").first()
    known = (before.prefix, before.digits) if before else (prefix, DIGITS)
    made = ask(
        f"INSERT INTO {TABLE} (company_id, kind, year, prefix, digits, last, version) "
        "VALUES (%s, %s, %s, %s, %s, 0, 1) ON CONFLICT DO NOTHING RETURNING id",
        [at.company_id, kind, year, *known],
    )
    for (id,) in made:
        row = NumberRange.objects.of(at.company_id).get(pk=id)
        at.changed(row, {}, facts(row))

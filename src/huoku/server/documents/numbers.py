"""Giving a new document its number."""

from huoku.server.documents.models import NumberRange
from huoku.server.platform.command import At
from huoku.server.platform.kept import facts
from huoku.server.platform.sql import ask

DIGITS = 5
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

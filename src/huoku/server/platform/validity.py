"""Terms that hold from one day to another, both inclusive; an empty end is open."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from huoku.language import Sentence
from huoku.server.platform.refusals import Refused


def valid_on(day: date, of: str = "") -> Q:
    """Rows valid on ``day``; ``of`` leads to the row with the two days, such as ``bom__``."""
    begun = Q(**{f"{of}valid_from": None}) | Q(**{f"{of}valid_from__lte": day})
    return begun & (Q(**{f"{of}valid_to": None}) | Q(**{f"{of}valid_to__gte": day}))


class EndsBeforeItBegins(Refused):
    code = "ends_before_it_begins"
    words = Sentence("失效日期 {value} 早于生效日期。", "It would end on {value}, before it begins.")


class Overlaps(Refused):
    code = "overlaps"
    words = Sentence(
        "与 {value} 的有效期重叠，请先结束那一条。", "Its days overlap with those of {value}; end that one first."
    )


def days_of(valid_from: date | None, valid_to: date | None) -> str:
    """The days of terms in signs that both languages read: ``2026-01-01 … 2026-06-30``, with nothing at an open end."""
    return " ".join(part for part in (str(valid_from or ""), "…", str(valid_to or "")) if part)


def must_not_end_before_it_begins(valid_from: date | None, valid_to: date | None) -> None:
    """Raises EndsBeforeItBegins."""
    if valid_from and valid_to and valid_to < valid_from:
        raise EndsBeforeItBegins(field="valid_to", value=valid_to)


def must_not_overlap(
    others: "QuerySet[Any]", valid_from: date | None, valid_to: date | None, name: Callable[[Any], str]
) -> None:
    """Raises Overlaps where one of ``others`` is valid on a day between the two."""
    if valid_to:
        others = others.filter(Q(valid_from=None) | Q(valid_from__lte=valid_to))
    if valid_from:
        others = others.filter(Q(valid_to=None) | Q(valid_to__gte=valid_from))
    if other := others.order_by("pk").first():
        raise Overlaps(field="valid_from", value=name(other))

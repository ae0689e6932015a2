"""What is it made of, level by level, and what is it used in? (物料清单)"""

from collections.abc import Iterable
from datetime import date
from math import isfinite
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huoku.language import Sentence
from huoku.report import numbers
from huoku.server.items.models import Bom, Item
from huoku.server.items.revisions import Difference, differences, quantities
from huoku.server.items.rights import EDIT, READ
from huoku.server.look.speaking import language
from huoku.server.office.frame import page, shown
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.platform.kept import rows_for
from huoku.server.platform.roles import FieldGroup
from huoku.server.workbench.bills import bill_of, is_valid_on, rows_of, uses_of

ADDED = Sentence("增加 {item} × {after}", "{item} × {after} is new")
GONE = Sentence("去掉 {item}（原来 {before}）", "{item} is gone (it was {before})")
CHANGED = Sentence("{item}：{before} → {after}", "{item}: {before} → {after}")
DEEPEST = 50
MOST_DRAFTED = 150
"""Lines that a draft on the page may have; longer bills are revised by a file or a program."""


@require_GET
@page
def bill(request: HttpRequest, actor: Actor, item_id: int) -> HttpResponse:
    """The first level of the tree, the revisions and the uses of an item, as of a day (``?day=``)."""
    actor.must(READ)
    item, today = item_called(actor, item_id), business_day(actor.company, page_time())
    day = asked_day(request, today)
    revisions = list(rows_for(actor, Bom).filter(parent=item).order_by("valid_from", "pk"))
    revisions.sort(key=lambda each: each.valid_from or date.min)
    bom = next((each for each in revisions if is_valid_on(each, day)), None)
    rows = rows_of(actor, bom, day) if bom else []
    facts: dict[str, Any] = {
        "item": item,
        "bom": bom,
        "rows": rows,
        "cost": _sum(row.cost for row in rows),
        "revisions": [(each, each.valid_from or each.valid_to or day) for each in revisions],
        "differs": _differs(actor, revisions, bom),
        "uses": uses_of(actor, item, day),
        "level": 1,
        "may_edit": actor.may(EDIT),
        "fits": len(rows) <= MOST_DRAFTED,
        **_around(actor, day, today),
    }
    return shown(request, actor, "workbench/bill.html", facts)


@require_GET
@page
def level(request: HttpRequest, actor: Actor, item_id: int) -> HttpResponse:
    """The rows below a component, when it is opened: a part of the page."""
    actor.must(READ)
    item, today = item_called(actor, item_id), business_day(actor.company, page_time())
    day = asked_day(request, today)
    bom = bill_of(actor, item, day)
    if bom is None:
        raise Http404
    facts = {
        "rows": rows_of(actor, bom, day, _times(request.GET.get("times", ""))),
        "level": _level(request.GET.get("level", "")),
        **_around(actor, day, today),
    }
    return shown(request, actor, "workbench/bill_rows.html", facts)


def item_called(actor: Actor, item_id: int) -> Item:
    item = rows_for(actor, Item).filter(pk=item_id).first()
    if item is None:
        raise Http404
    return item


def asked_day(request: HttpRequest, otherwise: date) -> date:
    """The day that the address names."""
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return otherwise


def _around(actor: Actor, day: date, today: date) -> dict[str, Any]:
    return {
        "day": day,
        "today": today,
        "currency": actor.company.currency,
        "sees_costs": actor.sees(FieldGroup.COST),
    }


def _differs(actor: Actor, revisions: list[Bom], bom: Bom | None) -> list[str]:
    """In words, in what the revision differs from the one before it."""
    place = revisions.index(bom) if bom else 0
    if bom is None or not place:
        return []
    return in_words(differences(*quantities(actor.company.pk, revisions[place - 1].pk, bom.pk)))


def in_words(differences: Iterable[Difference]) -> list[str]:
    """In the reader's language, such as "SCREW: 4 → 5"."""
    told = []
    for each in differences:
        words = ADDED if each.before is None else GONE if each.after is None else CHANGED
        before, after = (numbers.qty(None if qty is None else float(qty)) for qty in (each.before, each.after))
        told.append(words.say(language(), item=each.component, before=before, after=after))
    return told


def _sum(costs: Iterable[float | None]) -> float | None:
    """Unknown where one of them is."""
    found = list(costs)
    return None if None in found else sum(cost for cost in found if cost is not None)


def _times(text: str) -> float:
    try:
        times = float(text)
    except ValueError:
        return 1.0
    return times if isfinite(times) and times > 0 else 1.0


def _level(text: str) -> int:
    return min(int(text), DEEPEST) if text.isdecimal() and len(text) < 3 else 1

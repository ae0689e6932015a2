"""One component by another in all bills: what would change, bill by bill, with a veto for each; then one press."""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from huoku.server.items.commands.revising import MOST_BILLS, replace_component
from huoku.server.items.models import Bom, BomLine, Item
from huoku.server.items.revisions import next_revision
from huoku.server.items.rights import EDIT
from huoku.server.office.buttons import done
from huoku.server.office.frame import page, shown
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.platform.kept import rows_for
from huoku.server.platform.validity import valid_on
from huoku.server.workbench.bills import free_of
from huoku.server.workbench.views.bill import asked_day, item_called

LARGEST = 12
"""Digits of a ratio that the page still reads."""


@require_GET
@page
def replacing(request: HttpRequest, actor: Actor, item_id: int) -> HttpResponse:
    """Every bill valid on the day that takes the item, before and after. Nothing is written."""
    actor.must(EDIT)
    item, today = item_called(actor, item_id), business_day(actor.company, page_time())
    day = asked_day(request, today + timedelta(days=1))
    code, ratio = request.GET.get("by", "").strip(), request.GET.get("ratio", "").strip() or "1"
    by, times = rows_for(actor, Item).filter(code=code).first(), _ratio(ratio)
    is_asked = by is not None and by != item and times is not None
    bills, has_more = _bills(actor, item, day, times or Fraction(1)) if is_asked else ([], False)
    free = free_of(actor, [each.pk for each in (item, by) if each])
    facts: dict[str, Any] = {
        "item": item,
        "by": by,
        "code": code,
        "ratio": ratio,
        "day": day,
        "today": today,
        "is_wrong": bool(code) and not is_asked,
        "bills": bills,
        "has_more": has_more,
        "free": [(each, free.get(each.pk, 0) / 10**each.decimals) for each in (item, by) if each],
        "substitutes": [each.substitute for each in item.substitutes.select_related("substitute").order_by("priority")],
        "key": uuid4().hex,
    }
    return shown(request, actor, "workbench/replacing.html", facts)


@require_POST
@page
def replace(request: HttpRequest, actor: Actor, item_id: int) -> HttpResponse:
    """In the bills that were left ticked, in all of them or in none."""
    item, given = item_called(actor, item_id), request.POST
    asked = {
        "component": item.code,
        "substitute": given.get("by", ""),
        "ratio": given.get("ratio", "1"),
        "valid_from": given.get("day", ""),
        "boms": [dict(zip(("id", "version"), each.split("."), strict=False)) for each in given.getlist("bom")],
    }
    told = done(request, actor, replace_component, asked, f"replace:{item.pk}")
    if told:
        return redirect("desk_bill", item.pk)
    there = redirect("desk_replacing", item.pk)
    there["Location"] += "?" + request.GET.urlencode()
    return there


def _bills(actor: Actor, item: Item, day: date, times: Fraction) -> tuple[list[dict[str, Any]], bool]:
    """Bill by bill: the quantities before and after, what the new revision is called, and whether one can follow; and
    whether there are more bills than are shown."""
    rows = rows_for(actor, BomLine).filter(valid_on(day, "bom__"), component=item)
    lines = list(rows.select_related("bom__parent").order_by("bom__parent__code", "seq")[: MOST_BILLS + 1])
    found: dict[int, dict[str, Any]] = {}
    taken = _names(actor, [line.bom.parent_id for line in lines])
    for line in lines[:MOST_BILLS]:
        bom, qty = line.bom, Fraction(line.qty_numerator, line.qty_denominator)
        can_follow = bom.valid_from is None or bom.valid_from < day
        here = found.setdefault(bom.pk, {"bom": bom, "before": 0.0, "after": 0.0, "can_follow": can_follow})
        here["before"] += float(qty)
        here["after"] += float(qty * times)
        here["name"] = next_revision(bom.revision, taken[bom.parent_id])
    return list(found.values()), len(lines) > MOST_BILLS


def _names(actor: Actor, parents: Iterable[int]) -> dict[int, set[str]]:
    names: dict[int, set[str]] = {}
    for parent, revision in rows_for(actor, Bom).filter(parent__in=parents).values_list("parent", "revision"):
        names.setdefault(parent, set()).add(revision)
    return names


def _ratio(text: str) -> Fraction | None:
    """A ratio such as 2, 0.5 or 1/3; None where it is none."""
    if len(text) > 2 * LARGEST or "e" in text.lower():
        return None
    try:
        found = Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None
    return found if found > 0 else None

"""A new revision of a bill from a day on: a draft on the page, what it changes in words, then one press (换版)."""

from collections.abc import Mapping, Sequence
from datetime import UTC, timedelta
from fractions import Fraction
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods
from pydantic import ValidationError

from huoku.server.items.commands.boms import Line
from huoku.server.items.commands.revising import revise_bom
from huoku.server.items.models import Bom, BomLine
from huoku.server.items.revisions import differences, next_revision, quantities, with_scrap
from huoku.server.items.rights import EDIT
from huoku.server.office.buttons import done
from huoku.server.office.frame import page, shown
from huoku.server.office.views.doing import error_of
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.platform.exact import plain
from huoku.server.platform.kept import rows_for
from huoku.server.platform.tables.kinds import RATIO
from huoku.server.workbench.bills import bill_of
from huoku.server.workbench.views.bill import asked_day, in_words, item_called

NEW_LINES = 3
COLUMNS = ("component", "qty", "scrap_rate", "fixed_scrap", "is_phantom", "operation")


@require_http_methods(["GET", "POST"])
@page
def revising(request: HttpRequest, actor: Actor, item_id: int) -> HttpResponse:
    """Nothing is written before the draft is kept: until then it travels with the page."""
    actor.must(EDIT)
    item, today = item_called(actor, item_id), business_day(actor.company, page_time())
    bom = bill_of(actor, item, asked_day(request, today))
    if bom is None:
        raise Http404
    given = request.POST
    rows = _posted(given) if given else _kept(actor, bom)
    lines = _checked(request, rows) if given else []
    if lines and "keep" in given and _is_kept(request, actor, bom, lines):
        return redirect("desk_bill", item.pk)
    taken = set(rows_for(actor, Bom).filter(parent=item).values_list("revision", flat=True))
    facts: dict[str, Any] = {
        "item": item,
        "bom": bom,
        "rows": rows + [dict.fromkeys(COLUMNS, "")] * NEW_LINES,
        "revision": given.get("revision") or next_revision(bom.revision, taken),
        "day": given.get("valid_from") or (today + timedelta(days=1)).isoformat(),
        "note": given.get("note", ""),
        "is_checked": bool(lines),
        "differs": in_words(differences(quantities(actor.company.pk, bom.pk)[0], _sums(lines))) if lines else [],
        "key": uuid4().hex,
    }
    return shown(request, actor, "workbench/revising.html", facts)


def _kept(actor: Actor, bom: Bom) -> list[dict[str, Any]]:
    """The lines of the revision that is valid now, as a person would write them."""
    lines = rows_for(actor, BomLine).filter(bom=bom).select_related("component").order_by("seq")
    return [
        {
            "component": line.component.code,
            "qty": RATIO.show(line.qty_numerator, line.qty_denominator, UTC),
            "scrap_rate": plain(line.scrap_rate_millionths, 6),
            "fixed_scrap": plain(line.fixed_scrap_steps, line.component.decimals),
            "is_phantom": "1" if line.is_phantom else "0",
            "operation": "" if line.operation is None else str(line.operation),
        }
        for line in lines
    ]


def _posted(given: QueryDict) -> list[dict[str, Any]]:
    """The lines of the draft; one without a component is gone."""
    rows = zip(*(given.getlist(name) for name in COLUMNS), strict=False)
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows if row[0].strip()]


def _checked(request: HttpRequest, rows: Sequence[Mapping[str, Any]]) -> list[Line]:
    """The lines as a command takes them; none, and a message, where one of them is wrong."""
    lines = []
    for row in rows:
        try:
            lines.append(Line.model_validate({name: value for name, value in row.items() if value}))
        except ValidationError as fault:
            messages.error(request, f"{row['component']}: " + "; ".join(error_of(each) for each in fault.errors()))
    return lines if len(lines) == len(rows) else []


def _is_kept(request: HttpRequest, actor: Actor, bom: Bom, lines: Sequence[Line]) -> bool:
    given = request.POST
    asked = {
        "id": given.get("id"),
        "version": given.get("version"),
        "valid_from": given.get("valid_from"),
        "revision": given.get("revision") or None,
        "note": given.get("note", ""),
        "lines": list(lines),
    }
    return done(request, actor, revise_bom, asked, f"revise:{bom.pk}") is not None


def _sums(lines: Sequence[Line]) -> dict[str, Fraction]:
    sums: dict[str, Fraction] = {}
    for line in lines:
        qty = with_scrap(Fraction(line.qty), Fraction(line.scrap_rate))
        sums[line.component] = sums.get(line.component, Fraction(0)) + qty
    return sums

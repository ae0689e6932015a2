"""The walk through the store: which lists there are, and one of them place by place, for a phone."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from huoku.server.documents.course import course_of
from huoku.server.ledger.models import Lot
from huoku.server.look.speaking import language
from huoku.server.office.buttons import done
from huoku.server.office.frame import page
from huoku.server.office.names import names_by_code
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.production.commands.picks import make_pick_list
from huoku.server.production.models import PickLine, PickList, WorkOrder
from huoku.server.production.queries.stands import stands_at
from huoku.server.production.queries.to_pick import to_pick
from huoku.server.production.queries.walk import Stop, walk
from huoku.server.production.rights import ISSUE, READ, SUBSTITUTE
from huoku.server.production.scanning import Scanned, means, read_scan
from huoku.server.shopfloor.asking import number_asked, scan_asked
from huoku.server.shopfloor.frame import OF_A_PAGE, show
from huoku.server.shopfloor.words import WORDS

ENDED = (PickLine.State.TAKEN, PickLine.State.SHORT)


@require_http_methods(["GET", "POST"])
@page
def lists(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Lists that are open, and orders for which something can be fetched; sent back, these become one list."""
    actor.must(READ)
    if request.method == "POST":
        told = done(request, actor, make_pick_list, {"orders": request.POST.getlist("order")}, "pick_list")
        return redirect("shop_walk", told["id"]) if told else redirect("shop_picking")
    is_open = Q(lines__state=PickLine.State.OPEN)
    rows = rows_for(actor, PickList).filter(state=course_of(PickList).start).order_by("pk")
    part = Paginator(to_pick(actor), OF_A_PAGE).get_page(request.GET.get("page"))
    facts = {
        "lists": rows.annotate(left=Count("lines", filter=is_open), of=Count("lines")),
        "part": part,
        "called": names_by_code(actor, language(), items={each.item for each in part})["items"],
        "may_pick": actor.may(ISSUE),
    }
    return show(request, actor, "picking", facts)


@require_GET
@page
def walked(request: HttpRequest, actor: Actor, list_id: int) -> HttpResponse:
    """One line of a list: where, how many, what. ``?scan=`` is held against it; what fits is remembered in the
    address, and what is another line's place leads to that line."""
    actor.must(READ)
    picks = rows_for(actor, PickList).filter(pk=list_id).first()
    if picks is None:
        raise Http404
    stops = walk(actor.company.pk, list_id)
    wanted = number_asked(request, "line", -1, 99_999)
    at = next((place for place, stop in enumerate(stops) if stop.line == wanted), 0)
    if stops and (scan := scan_asked(request)):
        return _scanned(request, actor, picks, stops, at, scan)
    facts: dict[str, Any] = {"picks": picks, "stops": stops, "ended": _ended(actor, picks)}
    if stops:
        facts |= _about(request, actor, stops, at)
    return show(request, actor, "walk", facts)


def _about(request: HttpRequest, actor: Actor, stops: list[Stop], at: int) -> dict[str, Any]:
    """What is said of the line that is at hand."""
    stop, lot = stops[at], request.GET.get("lot", "")
    order = rows_for(actor, WorkOrder).filter(pk=stop.order_id).select_related("item").first()
    return {
        "stop": stop,
        "at": at + 1,
        "following": stops[at + 1 : at + 4],
        "seen": {"place": request.GET.get("place") == "1", "item": request.GET.get("item") == "1", "lot": lot},
        "other_lot": WORDS["other_lot"].say(language(), lot=lot) if lot and lot not in dict(stop.lots) else "",
        "may_pick": actor.may(ISSUE),
        "stands": stands_at(actor, order, stop.component) if order and actor.may(SUBSTITUTE) else [],
        "may_substitute": actor.may(SUBSTITUTE),
    }


def _ended(actor: Actor, picks: PickList) -> list[PickLine]:
    """What was taken or found missing, the last line first."""
    lines = PickLine.objects.of(actor.company).filter(pick_list=picks).exclude(state=PickLine.State.PUT_BACK)
    lines = lines.filter(Q(state__in=ENDED) | Q(taken_steps__gt=0))
    return list(lines.select_related("component__item", "location").order_by("-seq"))


def _scanned(
    request: HttpRequest, actor: Actor, picks: PickList, stops: list[Stop], at: int, text: str
) -> HttpResponse:
    """Where the scan leads: the same line with what was recognised, another one, or the same with a word of warning."""
    stop, scan = stops[at], read_scan(text)
    code = scan.lot or scan.code
    lots = Lot.objects.of(actor.company).filter(item__code=stop.item, code=code)
    meaning = means(scan, place=stop.place, item=stop.item, lots=(code,) if code and lots.exists() else ())
    elsewhere = next((each for each in stops if each.place == scan.code), None)
    if meaning == "other" and elsewhere:
        return _to(picks, {"line": elsewhere.line, "place": 1})
    boxes: list[str] = request.session.get(f"boxes_of_{picks.pk}", [])
    if meaning == "other":
        messages.error(request, _wrong(scan, stop, text))
    elif scan.box in boxes:
        messages.error(request, WORDS["box_again"].say(language(), item=scan.item, box=scan.box))
        meaning = "other"
    elif scan.box:
        request.session[f"boxes_of_{picks.pk}"] = [*boxes, scan.box]
    seen: dict[str, Any] = {name: request.GET[name] for name in ("place", "item", "lot") if request.GET.get(name)}
    if meaning == "place":
        seen["place"] = 1
    if meaning in ("item", "lot"):
        seen["item"] = 1
    if meaning == "lot":
        seen["lot"] = code
    return _to(picks, {"line": stop.line, **seen})


def _wrong(scan: Scanned, stop: Stop, text: str) -> str:
    """What is wrong with a scan, in the words of whoever holds the thing in his hand."""
    if scan.item and scan.item != stop.item:
        return WORDS["wrong_item"].say(language(), other=scan.item, item=stop.item, place=stop.place)
    if scan.lot:
        return WORDS["no_such_lot"].say(language(), lot=scan.lot, item=stop.item)
    return WORDS["wrong_scan"].say(language(), code=text, item=stop.item, place=stop.place)


def _to(picks: PickList, asked: Mapping[str, Any]) -> HttpResponse:
    return redirect(f"{reverse('shop_walk', args=[picks.pk])}?{urlencode(asked)}")

"""Everything about one item: how it stands now, what comes, and what the plan says of it (物料一页)."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huoku.errors import UsageError
from huoku.language import Sentence, kept
from huoku.report.stock_chart import plot_projection
from huoku.server.items.models import Item
from huoku.server.items.rights import READ
from huoku.server.ledger.models import Location
from huoku.server.ledger.queries.stock import available, expected
from huoku.server.look.speaking import language
from huoku.server.office.frame import page, shown
from huoku.server.office.happened import happened
from huoku.server.office.parts import rows_about
from huoku.server.office.talk import talk
from huoku.server.planning.advising import plan_in_hand
from huoku.server.planning.models import Proposal
from huoku.server.planning.rights import READ as READ_PLANS
from huoku.server.planning.sequence import last_run
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, now
from huoku.server.platform.kept import rows_for
from huoku.server.platform.roles import FieldGroup
from huoku.server.platform.tables.table import TABLES

MOST_PROPOSALS = 5
ROWS = "50"


@dataclass(frozen=True, slots=True)
class Tab:
    """Rows of a table that name the item in ``column``."""

    title: Sentence
    column: str
    sort: str


TABS = {
    "movements": Tab(Sentence("收发台账", "Ledger"), "item", "-seq"),
    "reservations": Tab(Sentence("预留", "Reservations"), "item", "need_on"),
    "supplies": Tab(Sentence("在途", "On order"), "item", "expected_on"),
    "bom_lines": Tab(Sentence("用于", "Used in"), "component", "id"),
    "substitutes": Tab(Sentence("替代", "Substitutes"), "item", "priority"),
    "sources": Tab(Sentence("货源", "Sources"), "item", "priority"),
    "lots": Tab(Sentence("批次", "Lots"), "item", "received_on"),
    "proposals": Tab(Sentence("计划建议", "Proposals"), "item", "start_on"),
}


@dataclass(frozen=True, slots=True)
class Stock:
    """Four figures in the item's unit, and the first of them place by place."""

    on_hand: float
    reserved: float
    free: float
    coming: float
    places: tuple[tuple[str, float, float], ...]
    """Code of the place, on hand, reserved."""


@require_GET
@page
def card(request: HttpRequest, actor: Actor, item_id: int) -> HttpResponse:
    """The card of one item; ``?tab=`` chooses which of its rows are listed."""
    actor.must(READ)
    item = rows_for(actor, Item).filter(pk=item_id).first()
    if item is None:
        raise Http404
    lang = language()
    tabs = {name: tab for name, tab in TABS.items() if actor.may(TABLES[name].read)}
    chosen = request.GET.get("tab", "")
    chosen = chosen if chosen in tabs else next(iter(tabs), "")
    tab = tabs[chosen]
    asked = {f"filter[{tab.column}_id][eq]": str(item.pk), "sort": tab.sort, "limit": ROWS}
    facts = {
        "item": item,
        "stock": _stock(actor, item),
        "tabs": [(name, each.title) for name, each in tabs.items()],
        "tab": chosen,
        "part": rows_about(actor, chosen, asked, lang, without=("item",) if tab.column == "item" else ()),
        "today": business_day(actor.company, now()),
        "currency": actor.company.currency,
        **talk(actor, TABLES["items"], item.pk),
        "history": happened(TABLES["items"], actor, item.pk, lang),
        **(_plan(actor, item) if actor.may(READ_PLANS) else {}),
    }
    return shown(request, actor, "workbench/item.html", facts)


def _stock(actor: Actor, item: Item) -> Stock:
    step = 10**item.decimals
    here = [each for each in available(actor.company.pk, [item.pk]) if each.on_hand or each.reserved]
    codes = dict(rows_for(actor, Location).filter(pk__in=[each.location_id for each in here]).values_list("pk", "code"))
    seen = [each for each in here if each.location_id in codes]
    places = sorted((codes[each.location_id], each.on_hand / step, each.reserved / step) for each in seen)
    return Stock(
        on_hand=sum(each.on_hand for each in seen) / step,
        reserved=sum(each.reserved for each in seen) / step,
        free=sum(each.free for each in seen) / step,
        coming=sum(each.quantity for each in expected(actor.company.pk, [item.pk])) / step,
        places=tuple(places),
    )


def _plan(actor: Actor, item: Item) -> dict[str, Any]:
    """The projection of the last plan, and what it proposes next."""
    run = last_run(actor)
    if run is None:
        return {}
    lang = language()
    try:
        chart = plot_projection(plan_in_hand(run, lang), item.code, lang)
    except UsageError:  # an item that came after the plan was made
        chart = None
    open_ones = rows_for(actor, Proposal).filter(item=item, state=Proposal.State.OPEN).select_related("supplier")
    return {
        "run": run,
        "chart": chart,
        "proposals": [
            (row, row.qty_steps / 10**item.decimals, kept(row.why_zh, row.why_en, lang))
            for row in open_ones.order_by("start_on", "pk")[:MOST_PROPOSALS]
        ],
        "sees_costs": actor.sees(FieldGroup.COST),
    }

"""What to buy this week so that nothing is late and nothing is left dead: proposals by supplier, and their options."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from huoku.errors import UsageError
from huoku.language import Language, Sentence, kept
from huoku.plan.buying import Advice, Line
from huoku.report.buying import KINDS, break_even_text, card_text, pack_tables, remembered, talk, verdict
from huoku.report.drawing import Picture
from huoku.report.lot_cost_chart import plot_lot_cost
from huoku.report.numbers import money, price, qty
from huoku.server.look.speaking import language
from huoku.server.office.buttons import back, done
from huoku.server.office.frame import page, shown
from huoku.server.planning.advising import advice, plan_in_hand
from huoku.server.planning.commands.levers import pull_lever
from huoku.server.planning.commands.proposals import accept_proposals, reject_proposals
from huoku.server.planning.levers import LEVERS, Pulled, pulled
from huoku.server.planning.models import Proposal
from huoku.server.planning.offered import Offers, offers_of
from huoku.server.planning.purchase_views import View, listed
from huoku.server.planning.purchases import Limits, Purchase, limits_of, purchase
from huoku.server.planning.rights import DECIDE
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, now
from huoku.server.workbench.views.filing import filing

WEEK = timedelta(days=7)
VIEWS: dict[View, Sentence] = {
    "week": Sentence("本周要下单", "Order this week"),
    "high": Sentence("余料高", "High excess"),
    "all": Sentence("全部", "All"),
}


MOST_NOTE = 400
BREAK_EVEN = Sentence("可以接受的单价（数量 ≤ 单价）：", "Unit prices that can be accepted (quantity ≤ price):")
BY_OFFER = Sentence(
    "书面报价已经登记，可以直接下单，比计划的做法省 {saved}。",
    "The written offer is filed: it can be ordered at once and saves {saved} against what the plan does.",
)
KNOWN = Sentence("登记的替代料：", "Known substitutes:")


@dataclass(frozen=True, slots=True)
class Marked:
    """What stands beside a purchase in the list: whether a second person decides, and what others were asked for."""

    waits: bool
    asked: Sequence[Pulled]


@require_GET
@page
def every(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The list, by supplier, from the purchase ``?from=`` on; ``?open=``: beside it the options of one."""
    actor.must(DECIDE)
    return shown(request, actor, "workbench/buying.html", _facts(request, actor))


@require_GET
@page
def one(request: HttpRequest, actor: Actor, proposal_id: int) -> HttpResponse:
    """The options of one purchase: the drawer alone, for the page that is open already. Whoever comes by its address
    gets that page with it."""
    actor.must(DECIDE)
    if request.headers.get("Sec-Fetch-Dest") == "document":
        return redirect(f"{reverse('desk_buying')}?view=all&open={proposal_id}")
    drawer = _drawer(actor, _purchase(actor, proposal_id), limits_of(actor))
    return shown(request, actor, "workbench/purchase.html", drawer)


@require_POST
@page
def approve(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All that were chosen become drafts, one for each supplier and site, or none does."""
    chosen = [{"id": int(each)} for each in request.POST.getlist("id") if each.isdecimal()]
    done(request, actor, accept_proposals, {"proposals": chosen}, "approve")
    return back(request, "desk_buying")


@require_POST
@page
def take(request: HttpRequest, actor: Actor, proposal_id: int) -> HttpResponse:
    """Buy in the way that was chosen among the options that need nobody else."""
    row = _purchase(actor, proposal_id).proposal
    wanted: dict[str, Any] = {"id": proposal_id}
    offers = offers_of(actor, row, language())
    told, option = advice(row, offers), request.POST.get("option", "")
    line = told.lines[int(option)] if told and option.isdecimal() and int(option) < len(told.lines) else None
    offer = offers.of(line) if line else None
    if line is None or not (offer or _can_be_taken(line)):
        raise Http404
    if offer:
        wanted |= {"qty": f"{line.qty:f}", "offer": offer.pk}
    elif not line.taken:
        wanted |= {"qty": f"{line.qty:f}", "supplier": line.whom}
    done(request, actor, accept_proposals, {"proposals": [wanted]}, f"take:{proposal_id}")
    return back(request, "desk_buying")


@require_POST
@page
def reject(request: HttpRequest, actor: Actor, proposal_id: int) -> HttpResponse:
    asked = {"proposals": [proposal_id], "reason": request.POST.get("reason", "")}
    done(request, actor, reject_proposals, asked, f"reject:{proposal_id}")
    return back(request, "desk_buying")


@require_POST
@page
def pull(request: HttpRequest, actor: Actor, proposal_id: int) -> HttpResponse:
    """Leave a task to whoever has to arrange it."""
    asked = {"id": proposal_id, "lever": request.POST.get("lever", ""), "note": request.POST.get("note", "").strip()}
    done(request, actor, pull_lever, asked, f"pull:{proposal_id}:{asked['lever']}")
    return redirect(f"{reverse('desk_buying')}?view=all&open={proposal_id}")


def _can_be_taken(line: Line) -> bool:
    """Does it need nobody but the buyer? A mix is several orders, which the plan proposes one by one."""
    return line.taken or (line.by_plan and line.kind != "mix")


def _purchase(actor: Actor, pk: int) -> Purchase:
    found = purchase(actor, pk)
    if found is None or found.proposal.kind != Proposal.Kind.BUY:
        raise Http404
    return found


def _facts(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    today = business_day(actor.company, now())
    view, until = view_asked(request.GET.get("view", "")) or "week", today + WEEK
    wanted = _number(request.GET.get("open", ""))
    found = listed(actor, view, until, _number(request.GET.get("from", "")), wanted)
    if wanted and (found.also is None or found.also.proposal.kind != Proposal.Kind.BUY):
        raise Http404
    limits, asked = limits_of(actor), pulled(actor, [each.proposal for each in found.purchases])
    return {
        "limits": limits,
        "marked": {
            each.proposal.pk: Marked(limits.waits(each.tied, each.amount), asked.get(each.proposal.pk, ()))
            for each in found.purchases
        },
        "listed": found,
        "last": found.start + len(found.purchases),
        "views": [(name, words, found.counts[name]) for name, words in VIEWS.items()],
        "view": view,
        "total": found.total,
        "currency": actor.company.currency,
        "today": today,
        "key": uuid4().hex,
        **(_drawer(actor, found.also, limits) if found.also else {}),
    }


def view_asked(name: str) -> View | None:
    """The view of this name, if there is one."""
    return next((view for view in VIEWS if view == name), None)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 18 else 0


def _drawer(actor: Actor, of: Purchase, limits: Limits) -> dict[str, Any]:
    """One purchase with its options, in the words of the reports."""
    lang, row, offers = language(), of.proposal, offers_of(actor, of.proposal, language())
    told = advice(row, offers)
    facts = {
        "purchase": of,
        "is_open": row.state == Proposal.State.OPEN,
        "why": kept(row.why_zh, row.why_en, lang),
        "currency": actor.company.currency,
        "today": business_day(actor.company, now()),
        "key": uuid4().hex,
        "advice": told,
        "levers": LEVERS,
        "asked": pulled(actor, [row]).get(row.pk, ()),
        "limits": limits,
        "notes": {},
        "offers": offers.rows,
        **filing(actor, row, told, offers),
    }
    if told is None:
        return facts
    return facts | {
        "notes": _notes(told, lang),
        "options": [_option(place, line, told, offers) for place, line in enumerate(told.lines)],
        "remembered": list(remembered(told, lang)),
        "card": card_text(told, lang),
        "verdict": _verdict(told, offers),
        "talk": list(talk(told, lang)),
        "pack": list(pack_tables(told, lang)),
        "curve": _curve(row, lang),
    }


def _notes(told: Advice, lang: Language) -> dict[str, str]:
    """What the plan knows to add to the text of a lever."""
    stand_ins = [f"{each.item} {each.name} × {qty(each.ratio)}" for each in told.candidates[1:]]
    prices = (
        [f"{qty(point.qty)} ≤ {price(point.at_once, told.currency)}" for point in told.pack.points] if told.pack else []
    )
    later = next((line for line in told.lines if line.kind == "wait"), None)
    known = {
        "negotiate": " ".join(
            [*talk(told, lang), *([f"{BREAK_EVEN.say(lang)} {'; '.join(prices)}"] if prices else [])]
        ),
        "substitute": f"{KNOWN.say(lang)} {', '.join(stand_ins)}" if stand_ins else "",
        "wait": f"{later.whom} {later.date}" if later else "",
    }
    return {name: text[:MOST_NOTE] for name, text in known.items() if text}


def _curve(row: Proposal, lang: Language) -> Picture | None:
    """What each quantity costs; None where the plan knows of nobody who sells the item."""
    try:
        return plot_lot_cost(plan_in_hand(row.run, lang), row.item.code, lang)
    except UsageError:
        return None


def _verdict(told: Advice, offers: Offers) -> list[str]:
    """What is best; where that is a written offer, nobody has to arrange it any more."""
    said = list(verdict(told, offers.lang))
    if told.best is None or told.taken is None or offers.of(told.best) is None:
        return said
    saved = money(told.taken.cost - told.best.cost, told.currency)
    return [said[0], BY_OFFER.say(offers.lang, saved=saved)]


def _option(place: int, line: Line, told: Advice, offers: Offers) -> dict[str, Any]:
    lang = offers.lang
    return {
        "place": place,
        "line": line,
        "name": KINDS[line.kind].say(lang),
        "can_be_taken": _can_be_taken(line) or offers.of(line) is not None,
        "is_best": line is told.best,
        "sentence": break_even_text(line, told, lang) if line.break_even else "",
    }

"""How is this shortage ended? What is missing and why, whom it hurts, every way out in money and days. (缺料处理)"""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from huoku.language import Sentence
from huoku.server.documents.course import course_of, possible_steps
from huoku.server.documents.papers import Paper, papers
from huoku.server.look.speaking import language
from huoku.server.office.buttons import done
from huoku.server.office.frame import page, shown
from huoku.server.office.talk import talk
from huoku.server.partners.models import Source, Supplier
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.platform.kept import rows_for
from huoku.server.platform.roles import FieldGroup
from huoku.server.platform.tables.table import TABLES
from huoku.server.purchasing.models import PurchaseLine
from huoku.server.shortages.called import CAUSES, SOURCES
from huoku.server.shortages.commands.combining import combine_ways
from huoku.server.shortages.commands.following import review_case
from huoku.server.shortages.gap import NO_GAP, gap_of
from huoku.server.shortages.models import Hit, Proof, ShortageCase, TrailStep, Way
from huoku.server.shortages.names import PURCHASE_LINE, number_in
from huoku.server.shortages.rights import ACT, CLOSE, READ, VERIFY
from huoku.server.shortages.states import CLOSED, OPEN, SOLVED
from huoku.server.workbench.gap_chart import draw_gap
from huoku.server.workbench.remedies import Remedies

SOON = 3
"""A shortage is urgent so many days before the line needs it."""
MOST = 30


@require_GET
@page
def shortage(request: HttpRequest, actor: Actor, case_id: int) -> HttpResponse:
    case, remedies = _asked(actor, case_id)
    lang, today = language(), remedies.today
    sees_costs = actor.sees(FieldGroup.REMEDY)
    is_open = case.state in OPEN
    gap = gap_of(case, today) if is_open else NO_GAP
    best = [way.pk for way, _ in remedies.best.parts] if remedies.best else []
    supplier, waits_for = _supply(actor, case)
    facts = {
        "case": case,
        "state": course_of(ShortageCase).states[case.state],
        "source": SOURCES[case.source],
        "level": _level(case, gap.missing, (case.need_on - today).days),
        "days": (case.need_on - today).days,
        "gap": gap,
        "missing": gap.missing / remedies.size,
        "at_once": gap.at_once / remedies.size,
        "is_stale": is_open and gap.missing != case.missing_steps,
        "chart": draw_gap(gap, case.item.decimals, lang) if is_open else None,
        "hits": _hits(remedies),
        "rows": remedies.rows(sees_costs) if is_open else [],
        "done": remedies.done(),
        "best": best,
        "ticked": remedies.ticked(best),
        "waits_for": waits_for,
        "may_act": is_open and actor.may(ACT),
        "must_verify": is_open and case.source == ShortageCase.Source.PICK and case.verified_at is None,
        "may_verify": is_open and actor.may(VERIFY),
        "steps": {step.command.rpartition(".")[2] for step in possible_steps(actor, case)},
        "call": supplier if actor.sees(FieldGroup.SUPPLIER_TERMS) else None,
        "may_close": case.state == SOLVED and actor.may(CLOSE),
        # What has happened and why follows when the page is open; of a case that is over it is what one comes for.
        **(_beside(actor, case) if not is_open or "whole" in request.GET else {}),
        **_seen(actor, sees_costs),
        **talk(actor, TABLES["shortages"], case.pk, with_tasks=False),
        "per_day": case.late_per_day_minor / remedies.minor,
        "today": today,
        "key": uuid4().hex,
    }
    return shown(request, actor, "workbench/shortage.html", facts)


@require_GET
@page
def chosen(request: HttpRequest, actor: Actor, case_id: int) -> HttpResponse:
    """What the ticked ways come to, for the page that is open already."""
    case, remedies = _asked(actor, case_id)
    facts = {
        "case": case,
        "ticked": remedies.ticked(_ids(request.GET.getlist("ways"))),
        **_seen(actor, actor.sees(FieldGroup.REMEDY)),
        "actor": actor,
        "today": remedies.today,
    }
    return render(request, "workbench/shortage_chosen.html", facts)


@require_GET
@page
def beside(request: HttpRequest, actor: Actor, case_id: int) -> HttpResponse:
    """What has happened and why, for the page that is open already."""
    actor.must(READ)
    case = rows_for(actor, ShortageCase).filter(pk=case_id).select_related("item").first()
    if case is None:
        raise Http404
    may_close = case.state == SOLVED and actor.may(CLOSE)
    facts = {"case": case, "actor": actor, "may_close": may_close, **_beside(actor, case)}
    return render(request, "workbench/shortage_beside.html", facts)


@require_POST
@page
def combine(request: HttpRequest, actor: Actor, case_id: int) -> HttpResponse:
    """Do the ticked ways."""
    ways = _ids(request.POST.getlist("ways"))
    asked = {"id": case_id, "ways": ways, "reason": request.POST.get("reason", "")}
    done(request, actor, combine_ways, asked, f"shortage:{case_id}")
    return redirect("desk_shortage", case_id)


@require_POST
@page
def review(request: HttpRequest, actor: Actor, case_id: int) -> HttpResponse:
    """Look how it stands now."""
    done(request, actor, review_case, {"id": case_id}, f"review:{case_id}")
    return redirect("desk_shortage", case_id)


def _asked(actor: Actor, case_id: int) -> tuple[ShortageCase, Remedies]:
    """Raises Http404."""
    actor.must(READ)
    found = rows_for(actor, ShortageCase).filter(pk=case_id)
    case = found.select_related("order__item", "item", "company", "place", "made_by", "verified_by").first()
    if case is None:
        raise Http404
    ways = list(Way.objects.of(actor.company).filter(case=case).select_related("item").order_by("rank", "pk"))
    for way in ways:
        way.case = case
    hits = list(
        Hit.objects.of(actor.company).filter(case=case).select_related("item", "customer").order_by("level", "pk")
    )
    return case, Remedies(actor, case, ways, hits, business_day(actor.company, page_time()), language())


def _ids(sent: Sequence[str]) -> list[int]:
    return [int(each) for each in sent if each.isdecimal() and each.isascii() and len(each) < 19]


def _level(case: ShortageCase, missing: int, days: int) -> str:
    """R: the line stands, or will today; O: soon; Y: later, or something is done; G: over."""
    if case.state in (SOLVED, CLOSED) or not missing:
        return "G"
    return "R" if days <= 0 else "O" if days <= SOON else "Y"


def _hits(of: Remedies) -> list[tuple[Hit, int | None, float | None]]:
    """Each with how many days late it is as things stand, and what that costs; None: nobody knows the day."""
    case, found = of.case, []
    goes_on = case.expected_on or (of.fallback.ready_on if of.fallback else None)
    for hit in of.hits:
        late = max(0, (goes_on - case.need_on).days - hit.slack_days) if goes_on else None
        found.append((hit, late, late * hit.late_per_day_minor / of.minor if late is not None else None))
    return found


def _beside(actor: Actor, case: ShortageCase) -> dict[str, Any]:
    """What has happened, and what speaks for which cause."""
    trail = TrailStep.objects.of(actor.company).filter(case=case).order_by("-pk")[:MOST]
    return {"trail": list(trail), **_causes(actor, case)}


def _causes(actor: Actor, case: ShortageCase) -> dict[str, Any]:
    """The causes, each with what speaks for it, the most first; what was said the last time this item was short."""
    proofs = list(Proof.objects.of(actor.company).filter(case=case).order_by("pk"))
    known = papers(actor, {each.document for each in proofs if each.document})
    by_cause: dict[str, list[Any]] = {cause: [] for cause in CAUSES}
    for each in proofs:
        by_cause[each.cause].append((each, known.get(each.document)))
    causes = [(cause, words, by_cause[cause]) for cause, words in CAUSES.items()]
    before = rows_for(actor, ShortageCase).filter(item=case.item_id, state=CLOSED).exclude(pk=case.pk)
    return {
        "causes": sorted(causes, key=lambda each: -len(each[2])),
        "cause": CAUSES.get(case.cause, Sentence("", "")),
        "before": (last := before.order_by("-pk").first()),
        "cause_before": CAUSES.get(last.cause) if last else None,
    }


def _supply(actor: Actor, case: ShortageCase) -> tuple[Supplier | None, Paper | None]:
    """Who brings what it waits for, else who is the quickest to bring it; and the paper that it waits for."""
    if (line := number_in(case.document, PURCHASE_LINE)) is not None:
        found = PurchaseLine.objects.of(actor.company).filter(pk=line).select_related("order__supplier").first()
        if found:
            table = "purchase_orders" if actor.may(TABLES["purchase_orders"].read) else ""
            return found.order.supplier, Paper(found.order.number, table, found.order_id)
    sources = Source.objects.of(actor.company).filter(item=case.item_id, supplier__is_active=True)
    first = sources.select_related("supplier").order_by("lead_time_days", "pk").first()
    return first.supplier if first else None, papers(actor, [case.document]).get(
        case.document
    ) if case.document else None


def _seen(actor: Actor, sees_costs: bool) -> dict[str, Any]:
    return {
        "sees_costs": sees_costs,
        "sees_prices": actor.sees(FieldGroup.SALES_PRICE),
        "sees_customers": actor.sees(FieldGroup.CUSTOMER_IDENTITY),
        "currency": actor.company.currency,
    }

"""Papers to decide by: the card of one purchase's excess, and the case for the boss (给老板看的)."""

from typing import Any

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from huoku.language import Sentence, kept
from huoku.report.buying import GRADES, KINDS
from huoku.report.dead_stock import CASE_KINDS
from huoku.report.dead_stock.blocks import Rows
from huoku.report.dead_stock.case_page import bars_picture
from huoku.report.dead_stock.case_words import case_paper
from huoku.report.dead_stock.pdf import PdfMissing
from huoku.server.look.speaking import language
from huoku.server.office.frame import page, shown
from huoku.server.partners.models import REASONS
from huoku.server.planning.advising import advice
from huoku.server.planning.dead_stock import case_file, case_of
from huoku.server.planning.levers import pulled
from huoku.server.planning.models import Proposal
from huoku.server.planning.offered import offers_of
from huoku.server.planning.places_seen import must_see_all_sites
from huoku.server.planning.purchases import limits_of, purchase
from huoku.server.planning.rights import DECIDE, READ
from huoku.server.planning.sequence import last_run
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.platform.refusals import Refused
from huoku.server.platform.roles import FieldGroup
from huoku.server.workbench.views.files import to_be_saved

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
}


class CostsAreHidden(Refused):
    code, status, is_kept = "costs_are_hidden", 403, False
    words = Sentence(
        "这一页讲的都是成本和毛利，您的角色看不到。请老板、财务或计划打开。",
        "This page is about costs and margins, which your role does not see. Ask the owner, finance or a planner.",
    )


@require_GET
@page
def card(request: HttpRequest, actor: Actor, proposal_id: int) -> HttpResponse:
    """One purchase on a sheet of paper: what is too much, what it costs, the ways, and room for who decides."""
    actor.must(DECIDE)
    found = purchase(actor, proposal_id)
    if found is None or found.proposal.kind != Proposal.Kind.BUY:
        raise Http404
    lang, row = language(), found.proposal
    told = advice(row, offers_of(actor, row, lang))
    here = request.build_absolute_uri(f"{reverse('desk_buying')}?view=all&open={row.pk}")
    facts = {
        "purchase": found,
        "row": row,
        "advice": told,
        "grade": GRADES[told.card.grade].say(lang) if told and told.card else "",
        "options": [(KINDS[line.kind].say(lang), line, line is told.best) for line in told.lines] if told else [],
        "moq_reason": REASONS.get(told.moq_reason or "") if told else None,
        "asked": pulled(actor, [row]).get(row.pk, ()),
        "needs_second": limits_of(actor).waits(found.tied, found.amount),
        "why": kept(row.why_zh, row.why_en, lang),
        "currency": actor.company.currency,
        "today": business_day(actor.company, page_time()),
        "here": here,
        "code": segno.make(here, error="m").svg_data_uri(scale=3, border=1),
    }
    return shown(request, actor, "workbench/card.html", facts)


@require_GET
@page
def case(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Two years of dead stock and turnover, what waiting costs; ``?as=.pdf`` and the like give it as a file."""
    actor.must(READ)
    if not actor.sees(FieldGroup.COST):
        raise CostsAreHidden
    must_see_all_sites(actor)
    run, lang = last_run(actor), language()
    ending = request.GET.get("as", "")
    if run is None or (ending and ending not in CASE_KINDS):
        if ending:
            raise Http404
        return shown(request, actor, "workbench/case.html", {"run": None})
    fault = ""
    if ending:
        try:
            return to_be_saved(case_file(run, ending, lang), f"case-{run.today}{ending}", TYPES[ending])
        except PdfMissing as missing:
            fault = str(missing)
    paper = case_paper(case_of(run, lang), lang)
    facts: dict[str, Any] = {
        "run": run,
        "paper": paper,
        "charts": [(chart, bars_picture(chart)) for chart in paper.charts],
        "parts": [(part, isinstance(part, Rows)) for part in paper.parts],
        "endings": CASE_KINDS,
        "fault": fault,
    }
    return shown(request, actor, "workbench/case.html", facts, status=409 if fault else 200)

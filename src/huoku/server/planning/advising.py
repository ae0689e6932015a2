"""The options of a purchase that a plan proposes, from the plan that proposed it."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from threading import Lock

from huoku.language import Language
from huoku.plan import Plan
from huoku.plan.buying import Advice
from huoku.plan.retold import retold
from huoku.server.planning.at_hand import plans
from huoku.server.planning.files import folder_of, plan_of
from huoku.server.planning.models import PlanRun, Proposal
from huoku.server.planning.offered import Offers

ONE_AT_A_TIME = Lock()
"""Quotes on the plan in hand, and plans that go on from it, share its work space."""


def advice(proposal: Proposal, offers: Offers) -> Advice | None:
    """The options of what the proposal is for, written offers among them; None where nothing is bought, or where the
    files of its run are gone."""
    run, item, lang = proposal.run, proposal.item, offers.lang
    if proposal.kind != Proposal.Kind.BUY or not folder_of(run).is_dir():
        return None
    possible = json.dumps(offers.possible(), sort_keys=True)
    found = _advice(run.company_id, run.pk, run.output_digest, item.code, None, None, possible, lang)
    if found.order != proposal.order:
        needed = Decimal(proposal.needed_steps).scaleb(-item.decimals)
        asked = (item.code, needed, proposal.due_on, possible, lang)
        found = _advice(run.company_id, run.pk, run.output_digest, *asked)
    said_since = offers.terms_of(found.minimum.whom) if found.minimum else None
    return replace(found, moq_reason=(said_since and said_since.moq_reason) or found.moq_reason)


def plan_in_hand(run: PlanRun, lang: Language) -> Plan:
    """The plan of a run, kept in memory for the next question."""
    return _plan(run.company_id, run.pk, run.output_digest, lang)


@lru_cache(maxsize=256)
def _advice(
    company_id: int,
    run_id: int,
    digest: str,
    item: str,
    qty: Decimal | None,
    on: date | None,
    possible: str,
    lang: Language,
) -> Advice:
    """``possible``: the written offers, as JSON."""
    return _plan(company_id, run_id, digest, lang).options(item, qty, on, possible=json.loads(possible), lang=lang)


@lru_cache(maxsize=4)
def _plan(company_id: int, run_id: int, digest: str, lang: Language) -> Plan:
    """``digest`` makes a run that was worked out again another one."""
    run = PlanRun(pk=run_id, company_id=company_id, output_digest=digest)  # its files are all that is asked of it
    there = plans(run)
    if lang in there:
        return there[lang]
    return retold(there["zh"], lang) if there else plan_of(run, lang)

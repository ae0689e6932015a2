"""What an order would do that nobody has given yet: its day, and the waste that its price has to carry (报价)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from huoku.language import Language
from huoku.plan.offer import Offer, Point, at_quantity, offer, quantities_to_ask
from huoku.plan.quote.missing import Missing
from huoku.plan.quote.quote import Part, Quote
from huoku.server.planning.advising import ONE_AT_A_TIME, plan_in_hand
from huoku.server.planning.models import PlanRun


@dataclass(frozen=True, slots=True)
class Question:
    """``decimals``: with which the item is counted; ``place``: where it is shipped from, as the plan names it."""

    item: str
    qty: Decimal
    decimals: int
    on: date
    place: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """What can be promised, with what the quote works out when it is asked."""

    quote: Quote
    parts: Sequence[Part]
    missing: Sequence[Missing]


def delivery(run: PlanRun, asked: Question, lang: Language) -> Delivery:
    """The day that there is for the order; in milliseconds, for nothing is planned. Raises UsageError as ``offer``."""
    return _delivery(run.company_id, run.pk, run.output_digest, asked, lang)


def offered(run: PlanRun, asked: Question, lang: Language) -> Offer:
    """What the plan of a run says of the order. Raises UsageError where the plan cannot know it."""
    return _offered(run.company_id, run.pk, run.output_digest, asked, lang)


def curve(run: PlanRun, asked: Question, lang: Language) -> tuple[Point, ...]:
    """The waste of the same order in other quantities, ascending; empty where there is no day for it."""
    return _curve(run.company_id, run.pk, run.output_digest, asked, lang)


@lru_cache(maxsize=64)
def _delivery(company_id: int, run_id: int, digest: str, asked: Question, lang: Language) -> Delivery:
    """``digest`` makes a run that was worked out again another one."""
    plan = plan_in_hand(PlanRun.objects.of(company_id).get(pk=run_id), lang)
    with ONE_AT_A_TIME:
        quote = plan.quote(asked.item, asked.qty, asked.on, location=asked.place, lang=lang)
        return Delivery(quote, quote.parts, () if quote.is_kept else quote.missing)


@lru_cache(maxsize=64)
def _offered(company_id: int, run_id: int, digest: str, asked: Question, lang: Language) -> Offer:
    plan = plan_in_hand(PlanRun.objects.of(company_id).get(pk=run_id), lang)
    with ONE_AT_A_TIME:
        return offer(plan, asked.item, asked.qty, asked.on, location=asked.place, lang=lang)


@lru_cache(maxsize=64)
def _curve(company_id: int, run_id: int, digest: str, asked: Question, lang: Language) -> tuple[Point, ...]:
    run = PlanRun.objects.of(company_id).get(pk=run_id)
    of = offered(run, asked, lang)
    if of.wastes is None:
        return ()
    plan = plan_in_hand(run, lang)
    points = []
    for qty in quantities_to_ask(asked.qty, asked.decimals, of.wastes):
        with ONE_AT_A_TIME:  # for each by itself, so that others may ask in between
            points.append(at_quantity(plan, of, qty))
    return tuple(point for point in points if point.date is not None)

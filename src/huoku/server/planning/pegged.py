"""What feeds order lines by the last plan, item by item, and how sure each of it is (齐套)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from huoku.language import Language
from huoku.plan.explain.explanation import Need
from huoku.plan.explain.feeding import tree
from huoku.plan.explain.readiness import Buildable, Chain, Part, buildable, chain_of, leaves_of, parts_of
from huoku.report.pegging_bars import Certainty, covered
from huoku.server.planning.advising import plan_in_hand
from huoku.server.planning.behind import Paper, known_of, papers_behind
from huoku.server.planning.models import PlanRun
from huoku.server.platform.actor import Actor

WHOLE = 1 - 1e-9


@dataclass(frozen=True, slots=True)
class Pegged:
    """The tree of one demand with the papers behind it. ``chain``: what leaves the fewest days to spare."""

    demand: str
    parts: Sequence[Part]
    chain: Chain | None
    papers: Mapping[str, Paper]
    today: date

    def covered(self, part: Part) -> dict[Certainty, float]:
        return covered(part, known_of(self.papers), self.today)

    def secured(self, part: Part) -> float:
        """The share of its need that is on hand, or on order and confirmed."""
        told = self.covered(part)
        return (told["stock"] + told["supply"]) / part.need.qty if part.need.qty else 1.0

    @property
    def leaves(self) -> dict[str, bool]:
        """Each material at the bottom, and whether all of it is secured; those that are not first."""
        found = {
            item: all(self.secured(each) >= WHOLE for each in group) for item, group in leaves_of(self.parts).items()
        }
        return dict(sorted(found.items(), key=lambda each: (each[1], each[0])))

    @property
    def buildable(self) -> Buildable:
        return buildable(self.parts)

    @property
    def slack_days(self) -> int | None:
        return min((part.slack_days for part in self.parts if part.slack_days is not None), default=None)

    @property
    def paper(self) -> Paper | None:
        """The paper that everything waits for, where it is one."""
        return self.papers.get(self.chain.source.name or "") if self.chain else None

    @property
    def is_unsure(self) -> bool:
        """Does everything wait for something that nobody has confirmed, or that is overdue?"""
        known = self.paper.known if self.paper else None
        return known is not None and known.is_unsure(self.today)


def pegged(actor: Actor, run: PlanRun, demands: Sequence[str], lang: Language) -> Mapping[str, Pegged]:
    """By demand; one question to the plan for all of them."""
    trees = _trees(run.company_id, run.pk, run.output_digest, tuple(demands), lang)
    earliest = _earliest(run.company_id, run.pk, run.output_digest)
    supplies = {
        source.name
        for parts, _ in trees.values()
        for part in parts
        for source in part.need.sources
        if source.kind == "supply" and source.name
    }
    papers = papers_behind(actor, supplies)
    return {
        demand: Pegged(demand, parts, chain_of(needs, earliest), papers, run.today)
        for demand, (parts, needs) in trees.items()
    }


@lru_cache(maxsize=32)
def _trees(
    company_id: int, run_id: int, digest: str, demands: tuple[str, ...], lang: Language
) -> dict[str, tuple[Sequence[Part], Sequence[Need]]]:
    """``digest`` makes a run that was worked out again another one."""
    plan = plan_in_hand(PlanRun.objects.of(company_id).get(pk=run_id), lang)
    if len(demands) == 1:
        found = {demands[0]: plan.explain(demands[0]).needs}
    else:
        feeding = tree(plan, "demand", *demands)
        found = {demand: feeding.needs(("demand", demand)) for demand in demands}
    return {demand: (parts_of(needs), needs) for demand, needs in found.items()}


@lru_cache(maxsize=4)
def _earliest(company_id: int, run_id: int, digest: str) -> date:
    settings = plan_in_hand(PlanRun.objects.of(company_id).get(pk=run_id), "zh").factory.settings
    return settings.today + timedelta(days=settings.frozen_days)

"""What feeds order lines by the last plan, item by item, and how sure each of it is (齐套)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

from huoku.language import Language
from huoku.plan.explain.explanation import Need
from huoku.plan.explain.feeding import tree
from huoku.plan.explain.readiness import Buildable, Chain, Part, buildable, chain_of, leaves_of, parts_of
from huoku.report.pegging_bars import Certainty, Known, covered
from huoku.server.planning.advising import plan_in_hand
from huoku.server.planning.behind import Paper, known_of, papers_behind
from huoku.server.planning.models import PlanRun
from huoku.server.platform.actor import Actor

WHOLE = 1 - 1e-9


@dataclass(frozen=True, slots=True)
class Planned:
    """What the plan alone says of a demand, the same for whoever asks. ``leaves``: the parts of each material at the
    bottom, by item in the order of their codes; ``supplies``: what of it is on order, by the plan's names."""

    parts: Sequence[Part]
    chain: Chain | None
    leaves: Mapping[str, Sequence[Part]]
    supplies: frozenset[str]


@dataclass(frozen=True)
class Pegged:
    """The tree of one demand with the papers behind it. ``known``: what those say of its supplies."""

    demand: str
    planned: Planned
    papers: Mapping[str, Paper]
    known: Mapping[str, Known]
    today: date

    @property
    def parts(self) -> Sequence[Part]:
        return self.planned.parts

    @property
    def chain(self) -> Chain | None:
        """What leaves the fewest days to spare."""
        return self.planned.chain

    def covered(self, part: Part) -> dict[Certainty, float]:
        return covered(part, self.known, self.today)

    def secured(self, part: Part) -> float:
        """The share of its need that is on hand, or on order and confirmed."""
        if part.is_all_here:  # most are, and of a long list all are asked
            return 1.0
        told = self.covered(part)
        return (told["stock"] + told["supply"]) / part.need.qty if part.need.qty else 1.0

    @cached_property
    def leaves(self) -> dict[str, bool]:
        """Each material at the bottom, and whether all of it is secured; those that are not first."""
        found = {
            item: all(self.secured(each) >= WHOLE for each in group) for item, group in self.planned.leaves.items()
        }
        return dict(sorted(found.items(), key=lambda each: each[1]))

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
    papers = papers_behind(actor, {name for planned in trees.values() for name in planned.supplies})
    known = known_of(papers)
    return {demand: Pegged(demand, planned, papers, known, run.today) for demand, planned in trees.items()}


@lru_cache(maxsize=32)
def _trees(company_id: int, run_id: int, digest: str, demands: tuple[str, ...], lang: Language) -> dict[str, Planned]:
    """``digest`` makes a run that was worked out again another one."""
    plan = plan_in_hand(PlanRun.objects.of(company_id).get(pk=run_id), lang)
    settings = plan.factory.settings
    earliest = settings.today + timedelta(days=settings.frozen_days)
    feeding = tree(plan, "demand", *demands)
    return {demand: _planned(feeding.needs(("demand", demand)), earliest) for demand in demands}


def _planned(needs: Sequence[Need], earliest: date) -> Planned:
    parts = parts_of(needs)
    sources = (source for part in parts for source in part.need.sources)
    supplies = frozenset(source.name for source in sources if source.kind == "supply" and source.name)
    return Planned(parts, chain_of(needs, earliest), dict(sorted(leaves_of(parts).items())), supplies)

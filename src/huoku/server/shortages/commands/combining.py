"""Choosing several ways out at once: each gives what those before it leave missing; all of them are done, or none."""

from typing import Annotated

from pydantic import Field

from huoku.server.documents.course import must_be_open_to
from huoku.server.platform.command import At, command
from huoku.server.platform.kept import opened
from huoku.server.platform.requests import Id
from huoku.server.shortages.combining import can_join, parts_of, spent_alone
from huoku.server.shortages.commands.choosing import HowToDoIt, do_it, way_of
from huoku.server.shortages.models import ShortageCase, Way
from huoku.server.shortages.refusals import CannotJoin, NotNeeded, WayGone
from huoku.server.shortages.rights import ACT
from huoku.server.shortages.ways.smaller import for_a_part

MOST = 12


class CombineWays(HowToDoIt):
    id: Id
    version: Annotated[int, Field(ge=1, lt=2**31)] | None = None
    ways: Annotated[list[Id], Field(min_length=1, max_length=MOST, description="The ways that are taken together.")]


def chosen_of(at: At, request: CombineWays) -> list[Way]:
    """Open ways of the case, each once. Raises NotFound, WayGone, CannotJoin."""
    ways = [way_of(at, id) for id in dict.fromkeys(request.ways)]
    for way in ways:
        if way.case_id != request.id:
            raise WayGone(field="ways", value=way.pk)
    if not can_join(ways):
        raise CannotJoin(field="ways")
    return ways


def _spend(at: At, request: CombineWays) -> int:
    """What they cost beyond the plan, for the limits of approval."""
    return sum(max(0, way.facts.get("alone", way.spend_minor) or 0) for way in chosen_of(at, request))


@command(right=ACT, amount=_spend)
def combine_ways(at: At, request: CombineWays) -> dict[str, object]:
    """Do several ways, one after the other; of each as much as those before it leave missing. What waits for approval
    of one way waits for it among several. Raises NotFound, Stale, NotFromHere, VerifyFirst, WayGone, CannotJoin,
    NotNeeded, and what the commands refuse that they consist of."""
    case = opened(at, ShortageCase, request.id, request.version)
    must_be_open_to(case, "shortages.choose_way")
    told: dict[str, object] = {}
    parts = parts_of(case, chosen_of(at, request))
    for way, part in parts:
        if not part:
            raise NotNeeded(field="ways", value=way.pk, zh=way.text_zh, en=way.text_en)
    for way, part in parts:
        spend = spent_alone(way, part) if len(parts) > 1 else way.spend_minor
        told = do_it(at, case, for_a_part(way, part), request, spend)
    return {**told, "ways": [way.kind for way, _ in parts]}

"""Choosing several ways out at once: each gives what those before it leave missing; all of them are done, or none."""

from typing import Annotated

from pydantic import Field

from huoku.server.documents.course import must_be_open_to
from huoku.server.platform.command import At, command
from huoku.server.platform.kept import opened
from huoku.server.platform.requests import Id
from huoku.server.shortages.combining import can_join, in_turn, known_as
from huoku.server.shortages.commands.choosing import HowToDoIt, do_it, way_of
from huoku.server.shortages.following import review
from huoku.server.shortages.models import ShortageCase, Way
from huoku.server.shortages.refusals import CannotJoin, NotNeeded, WayGone
from huoku.server.shortages.rights import ACT

MOST = 12


class CombineWays(HowToDoIt):
    id: Id
    version: Annotated[int, Field(ge=1, lt=2**31)] | None = None
    ways: Annotated[list[Id], Field(min_length=1, max_length=MOST, description="The ways that are taken together.")]


def chosen_of(at: At, request: CombineWays) -> list[Way]:
    """Open ways of the case, each once, in the order in which they are done. Raises NotFound, WayGone, CannotJoin."""
    ways = [way_of(at, id) for id in dict.fromkeys(request.ways)]
    for way in ways:
        if way.case_id != request.id:
            raise WayGone(field="ways", value=way.pk)
    if not can_join(ways):
        raise CannotJoin(field="ways")
    return in_turn(ways)


def _spend(at: At, request: CombineWays) -> int:
    """What they cost beyond the plan, for the limits of approval."""
    return sum(max(0, way.facts.get("alone", way.spend_minor) or 0) for way in chosen_of(at, request))


@command(right=ACT, amount=_spend)
def combine_ways(at: At, request: CombineWays) -> dict[str, object]:
    """Do several ways, one after the other; of each as much as is missing still. What is approved of one way is
    approved of several. Raises NotFound, Stale, NotFromHere, VerifyFirst, WayGone, CannotJoin, NotNeeded, and what
    the commands refuse that they consist of."""
    case = opened(at, ShortageCase, request.id, request.version)
    must_be_open_to(case, "shortages.choose_way")
    told: dict[str, object] = {}
    done = []
    for seq, way in enumerate(chosen_of(at, request)):
        told = do_it(at, case, _as_it_is_now(at, case, way) if seq else way, request)
        done.append(way.kind)
    return {**told, "ways": done}


def _as_it_is_now(at: At, case: ShortageCase, way: Way) -> Way:
    """The same way for what is missing still. Raises NotNeeded where that is nothing."""
    review(at, case)
    if not case.missing_steps:
        raise NotNeeded(field="ways", value=Way.Kind(way.kind).label, zh=way.text_zh, en=way.text_en)
    rows = Way.objects.of(at.company_id).filter(case=case, state=Way.State.OPEN, kind=way.kind)
    wanted = known_as(way)
    found: Way | None = next((each for each in rows.select_related("item") if known_as(each) == wanted), None)
    if found is None:
        raise WayGone(field="ways", value=way.pk)
    return found

"""Choosing a way out: one command that does what the way says."""

from datetime import date

from pydantic import Field

from huoku.language import Sentence
from huoku.server.documents.course import go, must_be_open_to
from huoku.server.documents.tasks import drop_tasks
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Amount, minor_digits, whole
from huoku.server.platform.kept import opened, rows_for
from huoku.server.platform.refusals import NotFound
from huoku.server.platform.requests import Asked, Id, Words
from huoku.server.shortages.comparing import DOING, fallback_of
from huoku.server.shortages.models import ShortageCase, Way
from huoku.server.shortages.refusals import VerifyFirst, WayGone
from huoku.server.shortages.rights import ACT
from huoku.server.shortages.standing import standing_of
from huoku.server.shortages.states import ACTING
from huoku.server.shortages.telling import SHORTAGE, tell_sellers
from huoku.server.shortages.trail import note
from huoku.server.shortages.ways.look import Doing

CHOSEN = Sentence("选定办法：{way_zh}", "Chosen: {way_en}")
CHOSEN_WHY = Sentence("选定办法：{way_zh}理由：{reason}", "Chosen: {way_en} Why: {reason}")


class HowToDoIt(Asked):
    ask_for: date | None = Field(default=None, description="To hurry a supplier: the day that he is asked for.")
    reason: Words = ""


class ChooseWay(HowToDoIt):
    id: Id
    fee: Amount = Field(
        default=0, validate_default=True, description="What was agreed for haste, in the company's currency."
    )


def way_of(at: At, id: int) -> Way:
    """A way that is open. Raises NotFound, WayGone."""
    way = rows_for(at.actor, Way).select_related("case", "item").filter(pk=id).first()
    if way is None:
        raise NotFound(field="id", value=id, what="way")
    if way.state != Way.State.OPEN:
        raise WayGone(field="id", value=id)
    return way


def _spend(at: At, request: ChooseWay) -> int:
    """What it costs beyond the plan, for the limits of approval."""
    way = way_of(at, request.id)
    return max(0, (way.spend_minor or 0) + _fee(at, request))


def _fee(at: At, request: ChooseWay) -> int:
    return whole(request.fee, minor_digits(at.actor.company.currency), "fee")


@command(right=ACT, amount=_spend)
def choose_way(at: At, request: ChooseWay) -> dict[str, object]:
    """Do it: reservations, requests, orders and their days change together, under the rights of each.

    Above one's limit a second person approves it; what only an engineer can answer for waits for one. Raises NotFound,
    NotFromHere, VerifyFirst, WayGone, and what the commands refuse that it consists of.
    """
    way = way_of(at, request.id)
    case = opened(at, ShortageCase, way.case_id, None)
    return do_it(at, case, way, request, (way.spend_minor or 0) + _fee(at, request))


def do_it(at: At, case: ShortageCase, way: Way, asked: HowToDoIt, spend: int | None) -> dict[str, object]:
    """Do a way of a case that is locked, for which so much is spent. Raises as ``choose_way``."""
    must_be_open_to(case, "shortages.choose_way")
    if case.source == ShortageCase.Source.PICK and case.verified_at is None:
        raise VerifyFirst(field="id", value=case.number)
    look = standing_of(at, case).look(at, case)
    if look is None:
        raise WayGone(field="id", value=way.pk)
    look.fallback = fallback_of(at, case)
    done = DOING[way.kind](Doing(look, way, asked.reason, asked.ask_for))
    at.changed(way, {"state": way.state}, {"state": Way.State.CHOSEN})
    way.state = Way.State.CHOSEN
    way.save(update_fields=["state", "qty_steps", "is_whole", "spend_minor", "text_zh", "text_en", "facts"])
    if way.is_whole:
        drop_tasks(at, case, SHORTAGE)
    told = go(
        at,
        case,
        "shortages.choose_way",
        to=ACTING,
        way=way.kind,
        document=done.document,
        supply_state_zh="",
        supply_state_en="",
        expected_on=done.expected_on,
        cost_minor=case.cost_minor + (spend or 0),
    )
    words = CHOSEN_WHY if asked.reason else CHOSEN
    note(at, case, "chosen", words, done.document, way_zh=way.text_zh, way_en=way.text_en, reason=asked.reason)
    if done.expected_on and done.expected_on > case.need_on:
        tell_sellers(at, case, done.expected_on)
    at.tell("way_chosen", case, way=way.kind, document=done.document)
    return {**told, "way": way.kind, "document": done.document, "expected_on": done.expected_on}

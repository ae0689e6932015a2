"""How a shortage stands now: what is here, what comes and when, whether the line can go on."""

from dataclasses import replace
from typing import Any

from huoku.language import Sentence
from huoku.server.documents.course import go, must_be_open_to
from huoku.server.documents.tasks import drop_tasks
from huoku.server.ledger.commands.reservations import Reserve, Wish, reserve
from huoku.server.platform.command import At
from huoku.server.platform.kept import answer
from huoku.server.platform.requests import Opened
from huoku.server.production.commands.work import resume_operation
from huoku.server.production.models import WorkOperation
from huoku.server.production.states import BEFORE_THE_END
from huoku.server.shortages.comparing import ways_of
from huoku.server.shortages.impact import per_day
from huoku.server.shortages.lacking import Lack, need_day
from huoku.server.shortages.models import Hit, Proof, ShortageCase, Way
from huoku.server.shortages.proofs import proofs_of
from huoku.server.shortages.standing import Standing, standing_of
from huoku.server.shortages.states import ACTING, FOUND, SOLVED, VERIFIED
from huoku.server.shortages.telling import said, tell_heads, tell_it_slipped, tell_sellers, warn_if_running
from huoku.server.shortages.trail import note
from huoku.server.shortages.waiting import Awaited, awaited
from huoku.server.shortages.ways.look import Look

HERE = Sentence("料齐：{number} 可以继续。", "All of it is here: {number} can go on.")
ENDED = Sentence("工单 {number} 已经结束，不再需要。", "Work order {number} has ended and needs it no more.")
LATER = Sentence("{day} 才能继续，原来是 {was}。", "The line goes on on {day}; it was to be {was}.")


def review(at: At, case: ShortageCase, now: Standing | None = None) -> dict[str, object]:
    """Bring a case to where it stands: keep for the order what has come for it, note what has happened to what it waits
    for, compare the ways out anew, and tell those concerned where the line goes on later, or can go on. ``now``: how it
    stands, where somebody has looked just before."""
    must_be_open_to(case, "shortages.review_case")
    now = now or standing_of(at, case)
    look, waits_for = now.look(at, case), awaited(at, case)
    if case.state == ACTING and look:
        now.lack = look.lack = _keep_what_came(look, waits_for)
    values: dict[str, Any] = {"need_on": need_day(at, now.order) if look else case.need_on}
    values["missing_steps"] = now.lack.missing(values["need_on"])
    if waits_for and (stands := waits_for.stands)["supply_state_en"] != case.supply_state_en:
        note(at, case, "supply", waits_for.words, waits_for.document)
        values |= stands
    if not now.lack.gap:
        return _end(at, case, now, values)
    expected_on = now.lack.complete_on or (waits_for.on if waits_for else None) or case.expected_on
    if waits_for and waits_for.is_off and now.lack.unkept:
        expected_on = None
    return _go_on(at, case, look, {**values, "expected_on": expected_on})


def _keep_what_came(look: Look, waits_for: Awaited | None) -> Lack:
    """Keep free stock here for an order whose line waits, and what was ordered for it; ``look`` sees the rest."""
    lack, item = look.lack, look.item.pk
    left, wishes, here, coming = lack.unkept, [], lack.here, list(lack.coming)
    for place, free in look.free_here(item).items():
        if part := min(left, free):
            wishes.append(Wish(item=item, location=place, quantity=part))
            look.picture.free[item][place] -= part
            here, left = here + part, left - part
    arrivals = look.picture.coming.get(item, [])
    for seq, each in enumerate(arrivals):
        is_ours = waits_for is not None and each.name in waits_for.supplies
        if is_ours and (part := min(left, each.quantity)):
            wishes.append(Wish(item=item, location=each.location, quantity=part, supply=each.supply))
            coming.append(each.part(part))
            arrivals[seq] = each.part(each.quantity - part)
            left -= part
    if wishes:
        order = look.order
        demand = {"demand": order.ledger_name, "priority": order.priority, "need_on": order.start_on}
        # A part of following the case, under its right.
        reserve.body(look.at, Reserve.model_validate({"lines": wishes, **demand}))
    return replace(lack, here=here, coming=tuple(coming))


def _end(at: At, case: ShortageCase, now: Standing, values: dict[str, Any]) -> dict[str, object]:
    """Everything lies here, or is not needed any more."""
    if case.state == SOLVED:
        return _to(at, case, SOLVED, {**values, "missing_steps": 0})
    words = HERE if now.order.state in BEFORE_THE_END else ENDED
    _compare(at, case, None)
    return solve(at, case, words, {**values, "missing_steps": 0})


def solve(
    at: At,
    case: ShortageCase,
    words: Sentence,
    values: dict[str, Any],
    *,
    step: str = "shortages.review_case",
    **facts: object,
) -> dict[str, object]:
    """The line goes on: what was paused for it may be begun, what was left to people is done."""
    told = go(at, case, step, to=SOLVED, **values, solved_at=at.now)
    drop_tasks(at, case)
    tell_sellers(at, case, at.today)
    paused = WorkOperation.objects.of(at.company_id).filter(order=case.order_id, state="paused", pause_note=case.number)
    for operation in paused.order_by("seq"):
        resume_operation.body(at, Opened(id=operation.pk))
    note(at, case, "solved", words, case.order.ledger_name, number=case.order.number, **facts)
    at.tell("shortage_solved", case, order=case.order.number, item=case.item.code)
    return told


def _go_on(at: At, case: ShortageCase, look: Look | None, values: dict[str, Any]) -> dict[str, object]:
    """Something is not here yet."""
    was, day = case.expected_on, values["expected_on"]
    is_later = bool(was and day and day > max(was, values["need_on"]))
    is_back = case.state == SOLVED or bool(was and day is None)
    state = case.state
    if is_later or is_back:
        state = VERIFIED if case.verified_at else FOUND
        values |= {"date_changes": case.date_changes + is_later, "solved_at": None}
    elif case.state in (FOUND, VERIFIED) and not values["missing_steps"]:
        state = ACTING  # it comes in time: nothing to choose, only to wait
    hits = look.hits if look else []
    told = _to(at, case, state, {**values, "late_per_day_minor": per_day(hits)})
    _compare(at, case, look)
    if is_later and was:
        note(at, case, "later", LATER, case.document, day=day, was=was)
        tell_it_slipped(at, case, was, day, case.date_changes)
    elif is_back:
        tell_heads(at, case, hits)
    if day and day != was:
        warn_if_running(at, case, day)
        tell_sellers(at, case, day)
    return {**told, "missing": said(case, case.missing_steps)}


def _compare(at: At, case: ShortageCase, look: Look | None) -> None:
    """Write hits, ways and proofs anew; a way that was chosen stays."""
    for model in (Hit, Proof):
        model.objects.of(at.company_id).filter(case=case).delete()
    Way.objects.of(at.company_id).filter(case=case, state=Way.State.OPEN).delete()
    Proof.objects.bulk_create(proofs_of(at, case))
    if look is None:
        return
    for hit in look.hits:
        hit.case = case
    Hit.objects.bulk_create(look.hits)
    if case.missing_steps:
        Way.objects.bulk_create(ways_of(look))


def _to(at: At, case: ShortageCase, state: str, values: dict[str, Any]) -> dict[str, object]:
    """The step, where anything differs: who looks again and finds the same leaves the paper alone."""
    if state == case.state and all(getattr(case, name) == value for name, value in values.items()):
        return {**answer(case), "number": case.number, "state": case.state}
    return go(at, case, "shortages.review_case", to=state, **values)

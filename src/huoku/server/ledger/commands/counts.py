"""Counting: what somebody saw is a statement; a second pair of eyes lets it change the book."""

from typing import Annotated

from django.db.models import QuerySet
from pydantic import Field

from huoku.language import Sentence
from huoku.server.ledger import facts
from huoku.server.ledger.booking import book, hold_period
from huoku.server.ledger.entries import Entry, audit_stream
from huoku.server.ledger.facts import LotWanted
from huoku.server.ledger.lines import LotCode, Reason
from huoku.server.ledger.models import Count, CountTask, Location, Movement, Status
from huoku.server.ledger.naming import MOST_STEPS, ItemId, LocationId, OwnerId
from huoku.server.ledger.queries.costs import about
from huoku.server.ledger.queries.history import MOVEMENTS, last_seq, on_hand_at_seq
from huoku.server.ledger.refusals import LotNeeded, LotNotWanted, NotYet, SerialIsOne
from huoku.server.ledger.rights import APPROVE_COUNT, COUNT
from huoku.server.platform import approvals
from huoku.server.platform.command import At, command
from huoku.server.platform.ids import time_ordered
from huoku.server.platform.kept import rows_for
from huoku.server.platform.naming import Called, Steps
from huoku.server.platform.refusals import NotFound, Refused
from huoku.server.platform.requests import Asked, Id, Moment
from huoku.server.platform.sql import ask

RECOUNT_ABOVE_PERCENT = 2
"""A first count that differs from the book by more is repeated by somebody else before it is put to approval."""
State = Count.State


class SamePerson(Refused):
    code, status = "same_person", 409
    words = Sentence("这一步要由另一个人来做。", "Another person has to do this.")


class CountEnded(Refused):
    code, status = "count_ended", 409
    words = Sentence("盘点 {value} 不在待批状态。", "The count {value} does not wait for approval.")


class CountedSince(Refused):
    code, status = "counted_since", 409
    words = Sentence(
        "这批库存后来又盘点过（盘点 {value}），以后一次为准。",
        "This stock has been counted again since (count {value}), which is what holds.",
    )


class StateCount(Asked):
    """``counted`` at ``counted_at`` (default: now). ``seq``: the item's last movement that the counter's device knew,
    where it was without a connection."""

    item: ItemId
    location: LocationId
    counted: Annotated[int, Field(ge=0, le=MOST_STEPS), Steps()]
    lot_code: Annotated[LotCode, Called("lot")] = ""
    owner: OwnerId | None = None
    status: Status = Status.AVAILABLE
    counted_at: Moment | None = None
    seq: Annotated[int, Field(ge=0, le=2**63 - 1)] | None = None


@command(right=COUNT, stream=lambda request: audit_stream(request.item))
def state_count(at: At, request: StateCount) -> dict[str, object]:
    """State what was there. The answer is blind: it says what happens next, never what the book says.

    Without a difference nothing more is to be done. A large difference in the first round asks for a second count by
    another person (raises SamePerson); otherwise the count waits for approval, in the place of earlier ones of the
    same stock that still waited. Raises SerialIsOne, and CountedSince where a later count of it is known already.
    """
    item = facts.items(at.company_id, [request.item])[request.item]
    place = facts.locations(at, [request.location])[request.location]
    counted_at = request.counted_at or at.now
    _check(at, request, item, place)
    named = LotWanted(item.id, request.lot_code)
    lot_id, _ = facts.lots_by_code(at.company_id, [named], [named])[item.id, request.lot_code]
    facts.check_owners(at.company_id, [request.owner])
    owner_id = request.owner or facts.own(at.company_id)
    seq = last_seq(at.company_id, item.id, counted_at)
    if request.seq is not None:
        seq = min(request.seq, last_seq(at.company_id, item.id, at.now))
    key = (place.id, lot_id, owner_id, request.status.value)
    said = on_hand_at_seq(at.company_id, item.id, seq).get(key, 0)
    same = _of_the_same(at, item.id, *key)
    if later := same.filter(seq__gt=seq).exclude(state=State.REJECTED).first():
        raise CountedSince(field="seq", value=later.pk)
    last = same.order_by("-pk").first()
    earlier = last if last and last.state == State.RECOUNT else None
    counter_id = at.actor.user.pk if at.actor.user else None
    if earlier and earlier.counter_id == counter_id:
        raise SamePerson(field="counter")
    count = Count.objects.create(
        company_id=at.company_id,
        item_id=item.id,
        lot_id=lot_id,
        location_id=place.id,
        owner_id=owner_id,
        status=request.status,
        counted=request.counted,
        counted_at=counted_at,
        seq=seq,
        book=said,
        difference=request.counted - said,
        round=earlier.round + 1 if earlier else 1,
        state=_state(request.counted, said, is_first=earlier is None),
        counter_id=counter_id,
        recorded_at=at.now,
    )
    at.changed(count, {}, {"counted": count.counted, "seq": seq, "state": count.state})
    for waiting in same.filter(state=State.STATED, pk__lt=count.pk):
        _decide(at, waiting, State.REJECTED, None)
    _close_tasks(at, count)
    if count.difference:
        at.tell("count_differs", count, item=item.id, location=place.id, difference=count.difference, state=count.state)
    return {"id": count.pk, "state": count.state, "round": count.round}


def _check(at: At, request: StateCount, item: facts.ItemFacts, place: facts.Place) -> None:
    """Raises what of a statement cannot be."""
    if not place.is_physical:
        raise NotFound(field="location", value=place.code, what="location")
    if item.is_tracked and not request.lot_code:
        raise LotNeeded(field="lot", item=item.code)
    if request.lot_code and not item.is_tracked:
        raise LotNotWanted(field="lot", value=request.lot_code, item=item.code)
    if item.is_serial and request.counted > 1:
        raise SerialIsOne(field="counted", value=request.counted)
    if request.counted_at and request.counted_at > at.now:
        raise NotYet(field="counted_at", value=request.counted_at.isoformat())


def _state(counted: int, said: int, *, is_first: bool) -> Count.State:
    if counted == said:
        return State.APPROVED
    is_large = abs(counted - said) * 100 > RECOUNT_ABOVE_PERCENT * max(abs(said), 1)
    return State.RECOUNT if is_first and is_large else State.STATED


def _of_the_same(at: At, item_id: int, location_id: int, lot_id: int, owner_id: int, status: str) -> QuerySet[Count]:
    """All counts of this very stock."""
    return Count.objects.of(at.company_id).filter(
        item_id=item_id, location_id=location_id, lot_id=lot_id, owner_id=owner_id, status=status
    )


def _close_tasks(at: At, count: Count) -> None:
    tasks = CountTask.objects.of(at.company_id).filter(
        item_id=count.item_id, location_id=count.location_id, is_open=True
    )
    tasks.update(is_open=False)
    if count.state == State.RECOUNT:
        CountTask.objects.create(
            company_id=at.company_id,
            item_id=count.item_id,
            location_id=count.location_id,
            cause=CountTask.Cause.RECOUNT,
            due_on=at.today,
            doubt=abs(count.difference),
            recorded_at=at.now,
        )


class ApproveCount(Asked):
    count: Id
    is_approved: bool = True
    reason: Reason = ""


def _worth(at: At, request: ApproveCount) -> int:
    """What the difference is about; nothing where the count is rejected, as the book stays."""
    count = Count.objects.of(at.company_id).filter(pk=request.count).first()
    if count is None or not request.is_approved:
        return 0
    worth = about(at.actor.company, [(count.item_id, count.difference)])
    return approvals.UNKNOWN if worth is None else worth


@command(right=APPROVE_COUNT, amount=_worth)
def approve_count(at: At, request: ApproveCount) -> dict[str, object]:
    """Let a count change the book by its difference, or reject it. Movements since the count stay as they are.

    Raises SamePerson for the counter, CountEnded, CountedSince, InsufficientStock where what is missing has been issued
    or is reserved meanwhile: then it is to be counted again, or a reservation moved first. A difference above the
    approver's own limit waits for one with a higher limit.
    """
    count = rows_for(at.actor, Count).filter(pk=request.count).first()
    if count is None:
        raise NotFound(field="count", value=request.count, what="count")
    approver_id = at.actor.user.pk if at.actor.user else None
    if approver_id is not None and count.counter_id == approver_id:
        raise SamePerson(field="approver")
    state = State.APPROVED if request.is_approved else State.REJECTED
    if not _decide(at, count, state, approver_id):
        raise CountEnded(field="count", value=count.pk)
    if not request.is_approved:
        return {"id": count.pk, "state": state, "movement": None}
    _must_be_the_last(at, count)
    entry = _difference(at, count, request.reason)
    book(at, [entry], facts.locations(at, [entry.from_location_id, entry.to_location_id]))
    return {"id": count.pk, "state": state, "movement": entry.id}


def _decide(at: At, count: Count, state: Count.State, approver_id: int | None) -> bool:
    """Whether it still waited, and so is now decided."""
    waiting = Count.objects.of(at.company_id).filter(pk=count.pk, state=State.STATED)
    if not waiting.update(state=state, approver_id=approver_id):
        return False
    at.changed(count, {"state": State.STATED}, {"state": state})
    return True


def _must_be_the_last(at: At, count: Count) -> None:
    """One difference is entered once: not again by a count that was held against the book before it was corrected."""
    key = (count.location_id, count.lot_id, count.owner_id, count.status)
    later = _of_the_same(at, count.item_id, *key).filter(pk__gt=count.pk).exclude(state=State.REJECTED).first()
    corrected = ask(CORRECTED, [at.company_id, count.item_id, count.seq, *key[1:], count.location_id])
    if later or corrected:
        raise CountedSince(field="count", value=later.pk if later else corrected[0][0].rpartition(":")[2])


CORRECTED = f"""
SELECT document FROM {MOVEMENTS} WHERE company_id = %s AND item_id = %s AND seq > %s AND kind = 'count'
  AND lot_id = %s AND owner_id = %s AND from_status = %s AND %s IN (from_location_id, to_location_id)
ORDER BY seq DESC LIMIT 1
"""


def _difference(at: At, count: Count, reason: str) -> Entry:
    nowhere = Location.objects.of(at.company_id).filter(kind=Location.Kind.COUNT_DIFFERENCE, is_active=True).first()
    if nowhere is None:
        raise NotFound(field="location", value=Location.Kind.COUNT_DIFFERENCE.value, what="location")
    ends = (nowhere.pk, count.location_id) if count.difference > 0 else (count.location_id, nowhere.pk)
    closed = hold_period(at)
    return Entry(
        id=time_ordered(at.now),
        kind=Movement.Kind.COUNT.value,
        item_id=count.item_id,
        lot_id=count.lot_id,
        owner_id=count.owner_id,
        from_location_id=ends[0],
        to_location_id=ends[1],
        quantity=abs(count.difference),
        effective_at=at.now if closed and count.counted_at <= closed else count.counted_at,
        from_status=count.status,
        to_status=count.status,
        document=f"ledger.count:{count.pk}",
        reason=reason,
    )

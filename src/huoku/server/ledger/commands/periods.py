"""Closing the books up to a day."""

from huoku.language import Sentence
from huoku.server.ledger.booking import hold_period
from huoku.server.ledger.models import PeriodLock
from huoku.server.ledger.rights import LOCK_PERIOD
from huoku.server.platform.command import At, command
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import Asked, Moment


class LockGoesForward(Refused):
    code = "lock_goes_forward"
    words = Sentence(
        "账已结到 {until}，只能往后结，也不能结到将来。",
        "The books are closed up to {until}; only later, and not beyond now.",
    )


class LockPeriod(Asked):
    until: Moment


@command(right=LOCK_PERIOD)
def lock_period(at: At, request: LockPeriod) -> dict[str, object]:
    """From now on nothing that happened up to ``until`` is entered. Raises LockGoesForward; never undone."""
    before = hold_period(at, alone=True)
    if (before is not None and request.until <= before) or request.until > at.now:
        raise LockGoesForward(field="until", value=request.until.isoformat(), until=before and before.isoformat())
    actor_id = at.actor.user.pk if at.actor.user else None
    lock = PeriodLock.objects.create(
        company_id=at.company_id, until=request.until, recorded_at=at.now, actor_id=actor_id
    )
    at.changed(lock, {"until": before}, {"until": request.until})
    at.tell("period_locked", lock, until=request.until)
    return {"until": request.until}

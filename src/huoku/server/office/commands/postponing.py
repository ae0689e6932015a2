"""Putting a duty of one's own aside until a day, and taking it up again."""

from datetime import date, timedelta
from typing import Annotated

from pydantic import StringConstraints

from huoku.language import Sentence
from huoku.server.office.models import Postponed
from huoku.server.office.rights import POSTPONE
from huoku.server.platform.clock import business_day
from huoku.server.platform.command import At, command
from huoku.server.platform.kept import add, change, opened, remove, rows_for
from huoku.server.platform.refusals import NotFound, Refused
from huoku.server.platform.requests import PRINTED, Asked, Opened

LONGEST = timedelta(days=366)


class NotLater(Refused):
    code = "not_later"
    words = Sentence(
        "推迟到 {value} 不行：请写 {first} 到 {last} 之间的一天。",
        "It cannot be postponed until {value}: give a day from {first} to {last}.",
    )


class Postpone(Asked):
    duty: Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=PRINTED)]
    until: date


@command(right=POSTPONE)
def postpone(at: At, request: Postpone) -> dict[str, object]:
    """A duty of the sender's stands aside until a day; postponed again, the day moves. Raises NotFound, NotLater."""
    if at.actor.user is None:
        raise NotFound(what="user", field="person", value="")
    today = business_day(at.actor.company, at.now)
    if not today < request.until <= today + LONGEST:
        first, last = today + timedelta(days=1), today + LONGEST
        raise NotLater(field="until", value=f"{request.until}", first=f"{first}", last=f"{last}")
    mine = rows_for(at.actor, Postponed).filter(person=at.actor.user)
    for old in mine.filter(until__lte=today).exclude(duty=request.duty).select_for_update(of=("self",)):
        remove(at, old)  # it is back since: nothing needs it any more
    there = mine.filter(duty=request.duty).select_for_update(of=("self",)).first()
    if there:
        return change(at, there, {"until": request.until})
    return add(at, Postponed(person=at.actor.user, duty=request.duty, until=request.until))


@command(right=POSTPONE)
def take_up(at: At, request: Opened) -> dict[str, object]:
    """What was postponed is wanted back now. Raises NotFound, Stale."""
    row = opened(at, Postponed, request.id, request.version)
    if row.person_id != (at.actor.user and at.actor.user.pk):
        raise NotFound(what="postponed", field="id", value=request.id)
    return remove(at, row)

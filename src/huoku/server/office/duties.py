"""What somebody must do now, the dearest to leave first; rooms above put in what their documents wait for."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from huoku.language import Sentence
from huoku.server.office.rights import SEE_WHOLE
from huoku.server.platform.actor import Actor
from huoku.server.platform.roles import Role

MOST_OF_A_KIND = 100
Kind = Literal["work", "promise", "approval"]


@dataclass(frozen=True, slots=True)
class Stake:
    """What hangs on a duty. ``worth``: the money at stake; ``a_day``: what a day of waiting loses of it."""

    of: str
    worth: float | None = None
    a_day: float | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing and the one thing to do about it.

    ``reason``: why now. ``per_hour``: what leaving it costs in an hour, in the company's currency; None where nobody
    knows, or the reader may not. ``stakes``: what hangs on it, by what that is, so that two duties about one order
    count it once. ``why``: the names of the reasons of the money at stake and of the cost, and the id they are asked
    with. ``late_days``: past its day, of an order past what the customer wants. ``due_at``: where it is a moment.
    ``about``: the kind of row and its id, so that it is not told twice; ``takes_in``: what else is told about that row
    is told with it. ``key``: what it is postponed by, the same tomorrow. ``whose``: whose work it is; ``who``: who
    waits, asks or is on it, in words. ``stands_for``: so many things of one kind, where they are told in one.
    ``whole``: the address of the page on which all of its kind stand.
    """

    words: str
    reason: str
    action: Sentence
    address: str
    level: Literal["R", "O", "Y"] = "Y"
    per_hour: float | None = None
    late_days: int = 0
    due_on: date | None = None
    about: tuple[str, int] | None = None
    due_at: datetime | None = None
    stakes: tuple[Stake, ...] = ()
    why: tuple[str, str, int] | None = None
    who: str = ""
    whose: frozenset[Role] = frozenset()
    kind: Kind = "work"
    key: str = ""
    takes_in: bool = False
    stands_for: int = 1
    whole: str = ""

    @property
    def stake(self) -> float | None:
        known = [each.worth for each in self.stakes if each.worth is not None]
        return sum(known) if known else None

    def is_of(self, actor: Actor) -> bool:
        """Is it the actor's own work? What nobody is named for, everybody who is told of it does."""
        return not self.whose or bool(self.whose & actor.roles)


DUTIES: list[Callable[[Actor, date], Iterable[Duty]]] = []
"""Each is asked for whoever reads the page, and the day it is for him: what he may know of, be it his or not."""


def concerns(actor: Actor, read: str, whose: frozenset[Role]) -> bool:
    """Is the actor told of such work: his own, or, where he sees the whole factory, what he may read of others'?"""
    return actor.may(read) and (bool(whose & actor.roles) or actor.may(SEE_WHOLE))


def once(found: Sequence[Duty], left: Iterable[Duty]) -> list[Duty]:
    """One row is told once: what is left about it is dropped, or taken into what is told of it already."""
    by_row = {each.about: place for place, each in enumerate(found) if each.about}
    told = list(found)
    for each in left:
        place = by_row.get(each.about) if each.about else None
        if place is None:
            told.append(each)
        elif told[place].takes_in and each.words not in told[place].reason:
            before = told[place]
            reason = " · ".join((before.reason, each.words.rstrip("。.")))
            told[place] = replace(before, reason=reason, whose=before.whose | each.whose)
    return told


def ranked(found: Iterable[Duty]) -> list[Duty]:
    """By money an hour, then by the day it is due, then by days late, then by what hangs on it."""

    def place(each: Duty) -> tuple[float, date, int, float, str]:
        return (-(each.per_hour or 0.0), each.due_on or date.max, -each.late_days, -(each.stake or 0.0), each.words)

    return sorted(found, key=place)

"""The people of the demo company at work: who does what when, and what chance brings."""

import random
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from huoku.server.platform import clock
from huoku.server.platform.actor import Actor
from huoku.server.platform.command import Command, perform
from huoku.server.platform.models import Company
from huoku.server.platform.refusals import Refused
from huoku.server.platform.roles import Role

PACE = (20, 90)
"""Seconds that pass between two things that somebody does."""


class People:
    """``actors`` by role. Every command moves the clock on; the same seed makes the same days.

    ``done`` counts the commands by name, ``refused`` the refusals by command and code.
    """

    def __init__(self, company: Company, actors: Mapping[Role, Actor], begins: datetime, seed: int) -> None:
        self.company, self.actors, self.now = company, actors, begins
        self.chance = random.Random(seed)
        self.done: Counter[str] = Counter()
        self.refused: Counter[tuple[str, str]] = Counter()

    @property
    def today(self) -> date:
        return clock.business_day(self.company, self.now)

    def in_days(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def ask(self, role: Role, what: Command[Any], /, **fields: Any) -> Any:
        """What somebody of this role is answered. Raises Refused."""
        self.now += timedelta(seconds=self.chance.randint(*PACE))
        key = f"past:{self.done.total()}:{self.refused.total()}"
        with clock.telling(self.now):
            try:
                answer = perform(what, what.request(**fields), actor=self.actors[role], key=key).result()
            except Refused as refusal:
                self.refused[what.name, refusal.code] += 1
                raise
        self.done[what.name] += 1
        return answer

    def does(self, role: Role, what: Command[Any], /, **fields: Any) -> Any:
        """The answer, or None where it was refused: then somebody tries otherwise, or another day."""
        try:
            return self.ask(role, what, **fields)
        except Refused:
            return None

    def on(self, what: Callable[[], object]) -> None:
        """Do something that takes the time from the clock, such as a job."""
        with clock.telling(self.now):
            what()

    def happens(self, share: float) -> bool:
        """Once in a while: ``share`` of the times."""
        return self.chance.random() < share

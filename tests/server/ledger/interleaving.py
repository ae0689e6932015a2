"""Commands on connections of their own, stepped statement by statement in an order that a seed decides.

Each thread stops before every statement and waits for its turn. Who then waits for a lock of the database is left there
and the next one steps; what was drawn can be drawn again from its seed.
"""

import random
import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

PATIENCE = 0.01
"""Seconds after which a thread that has its turn counts as waiting for a lock."""


class Stepper(threading.Thread):
    """One command on its own connection; ``outcome`` is what it returned or raised."""

    def __init__(self, call: Callable[[], Any]) -> None:
        super().__init__(daemon=True)
        self.call, self.outcome = call, None
        self.may_step, self.stands = threading.Semaphore(0), threading.Event()

    def run(self) -> None:
        try:
            with connection.execute_wrapper(self.before_each_statement):
                self.outcome = self.call()
        except Exception as fault:
            self.outcome = fault
        finally:
            connection.close()
            self.stands.set()

    def before_each_statement(self, execute: Any, *statement: Any) -> Any:
        self.stands.set()
        self.may_step.acquire()
        return execute(*statement)

    def step(self) -> None:
        """Let it run its next statement, until it stands before another one, has ended, or waits for a lock."""
        self.stands.clear()
        self.may_step.release()
        self.stands.wait(PATIENCE)


def interleaved(seed: int, calls: list[Callable[[], Any]]) -> list[Any]:
    """Run the calls at once, in the order of statements that ``seed`` draws. Their outcomes, in the order of calls."""
    dice = random.Random(seed)
    threads = [Stepper(call) for call in calls]
    for thread in threads:
        thread.start()
        thread.stands.wait(PATIENCE)
    while alive := [thread for thread in threads if thread.is_alive()]:
        ready = [thread for thread in alive if thread.stands.is_set()]
        if ready:
            dice.choice(ready).step()
        else:
            alive[0].stands.wait(PATIENCE)
        for thread in alive:
            thread.join(0)
    return [thread.outcome for thread in threads]

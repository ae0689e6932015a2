"""How often one may call: a bucket of tokens for each caller, in the memory of the worker process.

Nothing is written, so a call costs no transaction. What it guarantees: in one worker nobody makes more than
``per_minute`` calls at once and ``per_minute`` more each minute; over all, so many times the number of workers. Failed
logins are counted in the database instead, once for all workers (see settings/login.py).
"""

from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

from huoku.language import Sentence
from huoku.server.platform.refusals import Refused

FORGET_ABOVE = 10_000
"""So many callers are remembered before full buckets are thrown away."""


class TooManyCalls(Refused):
    """``facts["retry_after"]``: seconds, for the header of that name."""

    code, status, is_kept = "too_many_calls", 429, False
    words = Sentence("请求太频繁，请 {retry_after} 秒后再试。", "Too many calls; try again in {retry_after} s.")


@dataclass(slots=True)
class Buckets:
    """Each caller's bucket fills evenly with ``per_minute`` tokens a minute and holds no more than that."""

    per_minute: int
    _levels: dict[str, tuple[float, float]] = field(default_factory=dict)
    """Caller: tokens, and when they were counted."""
    _lock: Lock = field(default_factory=Lock)

    def take(self, caller: str, now: float | None = None) -> None:
        """Take one token out of the caller's bucket. Raises TooManyCalls. ``now``: seconds of a steady clock."""
        at = monotonic() if now is None else now
        with self._lock:
            level = self._level(caller, at)
            if level < 1:
                raise TooManyCalls(retry_after=max(1, round((1 - level) * 60 / self.per_minute)))
            self._levels[caller] = level - 1, at
            if len(self._levels) > FORGET_ABOVE:
                self._levels = {
                    who: kept for who, kept in self._levels.items() if self._level(who, at) < self.per_minute
                }

    def _level(self, caller: str, at: float) -> float:
        level, counted = self._levels.get(caller, (float(self.per_minute), at))
        return min(self.per_minute, level + (at - counted) * self.per_minute / 60)

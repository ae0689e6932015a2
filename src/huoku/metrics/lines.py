"""The lines of dead stock: from which part of a value on it is told, and from which part on it is an alarm."""

from typing import Literal, NamedTuple

Level = Literal["ok", "warn", "alarm"]


class Lines(NamedTuple):
    """Parts of a value, 0 to 1. The usual ones: small factories often have 10 % dead, custom makers up to 30 %."""

    warn: float = 0.10
    alarm: float = 0.30

    def level(self, share: float) -> Level:
        """Which of the lines a share has reached."""
        return "alarm" if share >= self.alarm else "warn" if share >= self.warn else "ok"


USUAL_LINES = Lines()

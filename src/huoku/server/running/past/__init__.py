"""A past for the demo company: its people work through it day by day, by the same commands as everybody."""

from huoku.server.running.past.days import PastDays, live_through
from huoku.server.running.past.filling import LIVED, fill, moved_to

__all__ = ["LIVED", "PastDays", "fill", "live_through", "moved_to"]

"""A past for the demo company: its people work through it day by day, by the same commands as everybody."""

from huoku.server.running.past.days import PastDays, live_through

__all__ = ["PastDays", "live_through"]

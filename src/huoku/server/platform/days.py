"""Days before and after a day, however many: the first or last day that there is, where they lead beyond it."""

from datetime import date, timedelta


def days_after(day: date, days: int) -> date:
    return day + timedelta(days=min(days, (date.max - day).days))


def days_before(day: date, days: int) -> date:
    return day - timedelta(days=min(days, (day - date.min).days))

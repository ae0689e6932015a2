"""Months and currencies as requests name them."""

from datetime import date
from typing import Annotated

from pydantic import StringConstraints

from huoku.server.partners.commands.partners import Currency
from huoku.server.platform.requests import Asked

MonthText = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^2\d{3}-(0[1-9]|1[0-2])$")]
"""Such as 2026-11."""
CurrencyOrNone = Currency | None


class InMonth(Asked):
    month: MonthText


def first_of(month: str) -> date:
    return date.fromisoformat(f"{month}-01")

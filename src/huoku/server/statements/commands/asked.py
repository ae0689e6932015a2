"""What requests about statements say."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from huoku.server.partners.commands.partners import Currency
from huoku.server.platform.hints import said
from huoku.server.platform.requests import Asked, Opened, Words

MonthText = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        pattern=said(r"^2\d{3}-(0[1-9]|1[0-2])$", "写成年-月，如 2026-03。", "A year and a month, such as 2026-03."),
    ),
]
"""Such as 2026-11."""
CurrencyOrNone = Currency | None


class InMonth(Asked):
    month: MonthText


class AgreeToStatement(Opened):
    answer: Words = Field(default="", description="Who said so, and how.")


class DisputeStatement(Opened):
    answer: Annotated[Words, Field(min_length=1, description="What is wrong with it.")]


def first_of(month: str) -> date:
    return date.fromisoformat(f"{month}-01")

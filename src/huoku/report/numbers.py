"""How figures are written for people: money, quantities, shares and days, the same in text, charts and pages."""

from datetime import date

NOTHING = "—"
"""What is unknown; never 0."""

MINUS = "−"
SYMBOLS = {"CNY": "¥", "RMB": "¥", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
NEAR_DAYS = 183
"""A day so near to today needs no year."""


def money(value: float | None, currency: str, *, cents: bool = False) -> str:
    """``¥1,234``; with cents where the figure is explained."""
    if value is None:
        return NOTHING
    text = f"{abs(value):,.2f}" if cents else f"{abs(value):,.0f}"
    sign = MINUS if value < 0 and text.strip("0.,") else ""
    symbol = SYMBOLS.get(currency)
    return f"{sign}{symbol}{text}" if symbol else f"{sign}{currency} {text}"


def price(value: float | None, currency: str) -> str:
    """A unit price with as many decimals as it has: at least two, at most four, and two where it is worked out."""
    if value is None:
        return NOTHING
    text = f"{value:,.4f}".rstrip("0") if value < 1 or round(value, 4) == value else f"{value:,.2f}"
    whole, _, decimals = text.partition(".")
    symbol = SYMBOLS.get(currency) or f"{currency} "
    return f"{symbol}{whole}.{decimals.ljust(2, '0')}"


def qty(value: float | None) -> str:
    """A quantity with at most three decimals, and only those it has."""
    if value is None:
        return NOTHING
    text = f"{abs(value):,.3f}".rstrip("0").rstrip(".")
    return f"{MINUS}{text}" if value < 0 and text != "0" else text


def share(value: float | None) -> str:
    """``70%``; a part that is not quite nothing, or not quite all, is never rounded to it."""
    if value is None:
        return NOTHING
    percent = round(value * 100)
    if percent == 0 and value > 0:
        return "<1%"
    if percent == 100 and value < 1:
        return ">99%"
    return f"{percent}%"


def day(value: date | None, today: date) -> str:
    """``12-08`` in the half year around today, else the whole date."""
    if value is None:
        return NOTHING
    return f"{value:%m-%d}" if abs((value - today).days) <= NEAR_DAYS else value.isoformat()


def short(value: float) -> str:
    """A figure for an axis: 1,500 as ``1.5k``, 20,000,000 as ``20M``."""
    for size, letter in ((1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k")):
        if abs(value) >= size:
            return f"{value / size:g}{letter}"
    return f"{value:g}"

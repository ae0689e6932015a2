"""The columns that the contract's tables are written with: codes, words, numbers, money and days, with their bounds."""

from decimal import Decimal

from huoku.factory.contract import LARGEST, LONGEST_DAYS, Choice, Column, Value
from huoku.language import Sentence

ZERO = Decimal(0)
ONE = Decimal(1)


def code(
    name: str, zh: str, zh_note: str, en_note: str, *, required: bool = False, default: str | None = None
) -> Column:
    return Column(name, zh, "code", Sentence(zh_note, en_note), required, default)


def text(name: str, zh: str, zh_note: str, en_note: str) -> Column:
    return Column(name, zh, "text", Sentence(zh_note, en_note))


def choice(
    name: str, zh: str, zh_note: str, en_note: str, choices: tuple[Choice, ...], *, default: str | None = None
) -> Column:
    return Column(name, zh, "choice", Sentence(zh_note, en_note), default=default, choices=choices)


def number(
    name: str,
    zh: str,
    zh_note: str,
    en_note: str,
    *,
    required: bool = False,
    default: Value | None = None,
    positive: bool = False,
) -> Column:
    """A quantity, a volume or minutes: never negative, above zero where ``positive``."""
    note = Sentence(zh_note, en_note)
    return Column(name, zh, "number", note, required, default, low=ZERO, high=LARGEST, low_open=positive)


def money(
    name: str, zh: str, zh_note: str, en_note: str, *, required: bool = False, default: Value | None = None
) -> Column:
    return Column(name, zh, "money", Sentence(zh_note, en_note), required, default, low=ZERO, high=LARGEST)


def days(
    name: str, zh: str, zh_note: str, en_note: str, *, required: bool = False, default: Value | None = None
) -> Column:
    return Column(name, zh, "days", Sentence(zh_note, en_note), required, default, low=ZERO, high=LONGEST_DAYS)


def whole(
    name: str,
    zh: str,
    zh_note: str,
    en_note: str,
    *,
    required: bool = False,
    default: int | None = None,
    low: int = 0,
    high: int = 1_000_000,
) -> Column:
    note = Sentence(zh_note, en_note)
    return Column(name, zh, "whole", note, required, default, low=Decimal(low), high=Decimal(high))


def day(name: str, zh: str, zh_note: str, en_note: str, *, required: bool = False) -> Column:
    return Column(name, zh, "date", Sentence(zh_note, en_note), required)

"""What one cell means when it is not written the plain way: full-width digits, 1,234.5, 5%, 2026年1月5日.

Only cells that the fast path of ``columns`` could not read come here, each different text once.
"""

import json
import re
import unicodedata
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

from huoku.factory.contract import Column, plain
from huoku.language import Sentence

DECIMALS = 6
"""Digits after the point that are kept."""

EXACT_DIGITS = 15
"""A binary number is exact to so many digits; what follows is noise."""

LONGEST_VALUE = 100

NO_NUMBER = Sentence(
    "“{value}”不是数字；请只写数字，例如 12.5", "“{value}” is no number; write digits alone, such as 12.5"
)
NOT_WHOLE = Sentence("“{value}”不是整数；请写整数，例如 5", "“{value}” is no whole number; write one, such as 5")
NO_DATE = Sentence("“{value}”不是日期；请写成 2026-01-05", "“{value}” is no date; write it as 2026-01-05")
NO_SUCH_DAY = Sentence("日历上没有“{value}”这一天；请改正", "“{value}” does not exist in the calendar; correct it")
NO_FLAG = Sentence("“{value}”既不是 1 也不是 0；请写 1 或 0", "“{value}” is neither 1 nor 0; write 1 or 0")
NO_CHOICE = Sentence(
    "没有“{value}”这个选项；可以写：{allowed}", "“{value}” is not one of the words allowed here: {allowed}"
)
NO_OBJECT = Sentence(
    '“{value}”不是 JSON 对象；请写成 {{"颜色": "红"}} 这样',
    '“{value}” is no JSON object; write one, such as {{"colour": "red"}}',
)

YES = frozenset({"1", "true", "yes", "y", "是", "开", "开工"})
NO = frozenset({"0", "false", "no", "n", "否", "休", "休息", "停工"})

_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")
_NUMBER = re.compile(r"[+-]?(\d{1,40}\.?\d{0,60}|\.\d{1,60})([eE][+-]?\d{1,3})?")
_DATE = re.compile(r"(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?")
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_CLOCK = re.compile(r"[T\s]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_SERIAL = re.compile(r"(\d{5})(\.0+)?")
_MINUSES = str.maketrans({"−": "-", "–": "-", "—": "-", "。": ".", "、": ","})
_FIRST_SERIAL = date(1899, 12, 30)


class BadCell(ValueError):
    """A cell that means nothing in its column: which rule it breaks, and the sentence that says so."""

    def __init__(self, rule: str, sentence: Sentence, **fields: object):
        super().__init__(rule)
        self.rule, self.sentence, self.fields = rule, sentence, fields


def parse(text: str, column: Column) -> object:
    """The value of a trimmed, non-empty cell in ``column``; BadCell when it has none."""
    if len(text) > LONGEST_VALUE and column.kind not in ("json", "code", "text"):
        text = text[:LONGEST_VALUE] + "?"  # no number, day or word is that long; it only takes long to find out
    match column.kind:
        case "number" | "money" | "days":
            return number(text)
        case "rate":
            return rate(text)
        case "whole":
            return whole(text)
        case "date":
            return day(text)
        case "flag":
            return flag(text)
        case "choice":
            return choice(text, column)
        case "json":
            return json_object(text)
        case "code" | "text":
            return text


def number(text: str) -> Decimal:
    """A decimal number in any usual way of writing, with as many digits after the point as it means."""
    half_width = _half_width(text)
    if _GROUPED.fullmatch(half_width):
        half_width = half_width.replace(",", "")
    if not _NUMBER.fullmatch(half_width):
        raise BadCell("not_a_number", NO_NUMBER)
    value = Decimal(half_width)
    if value and value.adjusted() > 30:
        return Decimal(10) ** 31  # too large for every bound; the exact value does not matter any more
    return _without_noise(value)


def rate(text: str) -> Decimal:
    """A share, as 0.05 or as 5%."""
    half_width = _half_width(text)
    if half_width.endswith("%"):
        return number(half_width[:-1].strip()) / 100
    return number(text)


def whole(text: str) -> int:
    """A whole number; 5.0 is one."""
    value = number(text)
    if value != value.to_integral_value():
        raise BadCell("not_whole", NOT_WHOLE)
    return min(int(value), 10**18)


def day(text: str) -> date:
    """A day: 2026-01-05, 2026/1/5, 2026.1.5, 20260105, 2026年1月5日, an Excel serial; a clock time is dropped."""
    half_width = _CLOCK.sub("", _half_width(text)).strip()
    if _SERIAL.fullmatch(half_width):
        return _FIRST_SERIAL + timedelta(days=int(half_width[:5]))
    found = _DATE.fullmatch(half_width) or _COMPACT_DATE.fullmatch(half_width)
    if not found:
        raise BadCell("not_a_date", NO_DATE)
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        raise BadCell("no_such_day", NO_SUCH_DAY) from None


def flag(text: str) -> bool:
    """Yes or no, in either language."""
    word = plain(text)
    if word not in YES | NO:
        raise BadCell("not_a_flag", NO_FLAG)
    return word in YES


def choice(text: str, column: Column) -> str:
    """The contract's word for a word in either language."""
    word = plain(text)
    for option in column.choices:
        if word == option.name or word in option.zh:
            return option.name
    allowed = ", ".join(f"{option.name} ({option.zh[0]})" for option in column.choices)
    raise BadCell("unknown_choice", NO_CHOICE, allowed=allowed)


def json_object(text: str) -> str:
    """The text itself, if it is a JSON object."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise BadCell("not_an_object", NO_OBJECT)
    return text


def _half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_MINUSES).strip()


def _without_noise(value: Decimal) -> Decimal:
    """40.739999999999995 is 40.74, written by a program that computes in binary."""
    if len(value.as_tuple().digits) <= EXACT_DIGITS:
        return value
    return Context(prec=EXACT_DIGITS).plus(value)


def rounded(value: Decimal) -> Decimal:
    """A number with the digits after the point that tables keep, rounded half up."""
    # The precision holds the largest number that `number` gives with all its digits.
    return value.quantize(Decimal(1).scaleb(-DECIMALS), ROUND_HALF_UP, Context(prec=40))

"""JSON from outside, without its traps: no NaN, no endless numbers, no depth, no doubled names, no NUL."""

import json
from decimal import Decimal, InvalidOperation
from typing import Any

from huoku.language import LANGUAGES, Sentence

MOST_DIGITS = 40
LARGEST_EXPONENT = 40
LARGEST = 2**63
"""Whole numbers in the tables have 64 bits."""


class Unreadable(ValueError):
    """Carries in both languages what is wrong."""

    def __init__(self, words: Sentence) -> None:
        self.words = words
        super().__init__(words.say("en"))


TOO_DEEP = Sentence("嵌套太深", "nested too deeply")
NOT_UTF8 = Sentence("应为 UTF-8 编码", "UTF-8 is wanted")
TOO_LONG = Sentence("有一个数太长", "a number is too long")
TWICE = Sentence("同一个对象里有重复的名称", "a name stands twice in one object")
HALF = Sentence("文本里有 NUL 或半个字符", "a text holds NUL or half a character")
NO_NUMBER = Sentence("{name} 不是数", "{name} is no number")
NO_JSON = Sentence("不是 JSON，第 {line} 行第 {column} 个字符处", "this is no JSON, at line {line}, character {column}")


def read_json(body: bytes) -> Any:
    """Plain values; a number with a point is a Decimal. Raises Unreadable."""
    try:
        value = json.loads(
            body.decode("utf-8"),
            parse_constant=_no_constant,
            parse_float=_decimal,
            parse_int=_integer,
            object_pairs_hook=_object,
        )
    except RecursionError:
        raise Unreadable(TOO_DEEP) from None
    except UnicodeDecodeError:
        raise Unreadable(NOT_UTF8) from None
    except json.JSONDecodeError as fault:
        where = {"line": str(fault.lineno), "column": str(fault.colno)}
        raise Unreadable(Sentence(*(NO_JSON.say(lang, **where) for lang in LANGUAGES))) from None
    _must_be_storable(value)
    return value


def _no_constant(name: str) -> None:
    raise Unreadable(Sentence(*(NO_NUMBER.say(lang, name=name) for lang in LANGUAGES)))


def _decimal(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise Unreadable(TOO_LONG) from None
    if len(text) > MOST_DIGITS or abs(value.adjusted()) > LARGEST_EXPONENT:
        raise Unreadable(TOO_LONG)
    return value


def _integer(text: str) -> int:
    value = int(text) if len(text) <= MOST_DIGITS else LARGEST
    if not -LARGEST < value < LARGEST:
        raise Unreadable(TOO_LONG)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Unreadable(TWICE)
    return found


def _must_be_storable(value: Any) -> None:
    """Raises Unreadable where a text holds NUL or half a character, which databases refuse."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting.extend(each)
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)
        elif isinstance(each, str) and ("\0" in each or any("\ud800" <= sign <= "\udfff" for sign in each)):
            raise Unreadable(HALF)

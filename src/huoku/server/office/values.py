"""A value as people read it: codes by their names, figures in groups, several values as one line."""

import json
import re
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any

from huoku.language import COLON, COMMA, SEMICOLON, Language, Sentence, kept
from huoku.report.numbers import share
from huoku.server.documents.course import COURSES
from huoku.server.documents.kinds import sort_of
from huoku.server.ledger.models import Location
from huoku.server.office.choices import called, choices_of
from huoku.server.office.doings import doing
from huoku.server.office.words import label
from huoku.server.platform.command import COMMANDS
from huoku.server.platform.tables import kinds
from huoku.server.platform.tables.table import TABLES, Table

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
PLACE = re.compile(r"~[a-z_]+")
"""The code of a place that only the books have, such as ~work_in_progress."""
FIGURES = frozenset(kind.name for kind in (kinds.STEPS, kinds.MINOR, kinds.MILLIONTHS, kinds.RATIO))
EXACT = ("per_unit", "per_order", "ratio")
"""Columns of exact numbers that are kept as text, 83333/500000 where they have no end."""
YES, NO = Sentence("是", "yes"), Sentence("否", "no")


def figures_of(table: Table) -> frozenset[str]:
    """The columns that are quantities, money and shares."""
    return frozenset(column.name for column in table.columns if column.kind.name in FIGURES or column.name in EXACT)


def parts_of(table: Table) -> frozenset[str]:
    """The columns that say what part of a whole is done."""
    return frozenset(column.name for column in table.columns if column.kind.name == kinds.PART.name)


def is_in_the_other(table: Table, name: str, lang: Language) -> bool:
    """Is a column one of two that say the same in both languages, and not the reader's?"""
    other, own = ("_zh", "_en") if lang == "en" else ("_en", "_zh")
    return name.endswith(other) and name.removesuffix(other) + own in _names(table.name)


@cache
def _names(table: str) -> frozenset[str]:
    return frozenset(column.name for column in TABLES[table].columns)


def in_words(table: Table, name: str, value: object, lang: Language) -> object:
    """A state, or another code, by its name, yes and no as words, figures in groups of three; the rest as it is."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return (YES if value else NO).say(lang)
    if isinstance(value, list):
        named = (called_in(table, name, each) if isinstance(each, str) else None for each in value)
        value = [words.say(lang) if words else each for words, each in zip(named, value, strict=True)]
    if isinstance(value, dict | list):
        return in_one_line(value, lang)
    if words := called_in(table, name, str(value)):
        return words.say(lang)
    if name in parts_of(table):
        return share(float(str(value)))
    value = by_its_name(value, lang)
    if name in figures_of(table):
        return grouped(str(value))
    if name.endswith("_zh"):
        return kept(str(value), "", lang)
    return _text(name, value, lang) if isinstance(value, str) else value


def _text(name: str, value: str, lang: Language) -> str:
    """A moment to the minute; a place of the books by its kind; the beginning of a sum that programs check."""
    if MOMENT.match(value):
        return f"{value[:10]} {value[11:16]}"
    return f"{value[:12]}…" if name.endswith("_digest") else of_the_books(value, lang)


def of_the_books(value: str, lang: Language) -> str:
    """A place that only the books have by its kind; everything else as it is."""
    return called(value[1:]).say(lang) if PLACE.fullmatch(value) and value[1:] in Location.Kind else value


def is_said_by_code(row: Mapping[str, Any], name: str) -> bool:
    """Is it the name of a place that only the books have? The words of its code are its name."""
    return name == "name" and PLACE.fullmatch(str(row.get("code", ""))) is not None


def called_in(table: Table, name: str, value: str) -> Sentence | None:
    """What a code is called in a column: a choice, or a sort of task."""
    column = next((column for column in table.columns if column.name == name), None)
    choices = choices_of(table, column) if column else {}
    if words := choices.get(value) or choices.get(sort_of(value)):
        return words
    return None


def by_its_name(value: object, lang: Language) -> object:
    """What a command does and what a kind of paper is called, where the value is the name of one; what a program wrote
    down as one line; everything else as it is."""
    if isinstance(value, str) and value in COMMANDS:
        return doing(value).say(lang)
    if isinstance(value, str) and value.startswith("{"):
        told = _read(value)
        return in_one_line(told, lang) if isinstance(told, dict) else value
    if isinstance(value, str) and value in COURSES:
        return COURSES[value].model.noun.say(lang)
    return value


def _read(text: str) -> object:
    """What a program wrote down, where it did; else the text."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def in_one_line(value: object, lang: Language, name: str = "") -> str:
    """What is made of several values: each under its name, things of a list one after the other."""
    if isinstance(value, dict):
        colon, comma = COLON.say(lang), COMMA.say(lang)
        told = ((each, in_one_line(inner, lang, str(each))) for each, inner in value.items())
        return comma.join(f"{label(str(each), lang)}{colon}{words}" for each, words in told if words)
    if isinstance(value, list):
        return SEMICOLON.say(lang).join(in_one_line(each, lang, name) for each in value)
    if isinstance(value, bool):
        return (YES if value else NO).say(lang)
    if isinstance(value, int | float):
        return f"{value:.1%}" if name.endswith("_share") else f"{value:,}"
    return "" if value is None else str(value)


def grouped(figure: str) -> str:
    """1234567.5 is 1,234,567.5; of a ratio without end the first digits."""
    if "/" in figure:
        exact = Fraction(figure)
        near = f"{float(exact):.4g}"
        return near if Fraction(near) == exact else f"≈{near}"
    whole, point, rest = figure.partition(".")
    return f"{int(whole):,}{point}{rest}" if whole.lstrip("-").isdigit() and whole != "-0" else figure

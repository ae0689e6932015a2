"""A value as people read it in a cell."""

import json
import re

from huoku.language import Language, Sentence, kept
from huoku.server.documents.course import COURSES
from huoku.server.documents.kinds import sort_of
from huoku.server.office.choices import choices_of
from huoku.server.office.doings import doing
from huoku.server.office.words import label
from huoku.server.platform.command import COMMANDS
from huoku.server.platform.tables.table import Table

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
YES, NO = Sentence("是", "yes"), Sentence("否", "no")


def cell_of(table: Table, name: str, value: object, lang: Language) -> object:
    """A state, or another code, by its name, yes and no as words, several values as one line; everything
    else as it is."""
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
    value = by_its_name(value, lang)
    if name.endswith("_zh"):
        return kept(str(value), "", lang)
    if isinstance(value, str) and MOMENT.match(value):
        return f"{value[:10]} {value[11:16]}"
    return value


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


def in_one_line(value: object, lang: Language) -> str:
    """What is made of several values: each under its name, things of a list one after the other."""
    if isinstance(value, dict):
        colon, comma = (": ", ", ") if lang == "en" else ("：", "，")
        told = ((name, in_one_line(each, lang)) for name, each in value.items())
        return comma.join(f"{label(str(name), lang)}{colon}{words}" for name, words in told if words)
    if isinstance(value, list):
        return ("; " if lang == "en" else "；").join(in_one_line(each, lang) for each in value)
    if isinstance(value, bool):
        return (YES if value else NO).say(lang)
    return "" if value is None else str(value)

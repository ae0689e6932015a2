"""The audit trail as people read it: which paper an entry is about, and what in it changed; how it came about."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from huoku.language import COLON, COMMA, SEMICOLON, Language, Sentence
from huoku.server.documents.course import COURSES
from huoku.server.documents.papers import NAME, Paper
from huoku.server.office.choices import choices_of
from huoku.server.office.opening import address_of
from huoku.server.office.values import by_its_name, is_in_the_other
from huoku.server.office.words import label
from huoku.server.platform.exact import plain
from huoku.server.platform.tables import kinds
from huoku.server.platform.tables.table import TABLES, Column, Table

TRAIL = "audit_entries"
MOST_ROWS, MOST_FIELDS = 2, 4
VIA = {
    "session": Sentence("网页", "page"),
    "job": Sentence("后台", "background"),
    "schedule": Sentence("定时", "by the clock"),
    "token": Sentence("程序接口", "program"),
    "invitation": Sentence("邀请", "invitation"),
    "approval": Sentence("批准后执行", "after approval"),
    "command line": Sentence("命令行", "command line"),
}
MORE_ROWS = Sentence("还有 {count} 处", "{count} more")
NOT_SAID = ("version", "digest", "input_digest", "output_digest", "progress")
YES, NO = Sentence("是", "yes"), Sentence("否", "no")
FOR_PROGRAMS = (kinds.ID, kinds.UUID_, kinds.HEX, kinds.JSON, kinds.MOMENT)
"""What is no news to people; when it was stands beside every entry."""
UNITS = (kinds.STEPS, kinds.MINOR)
"""Whole steps and cents say nothing without their unit, which is not written in an entry."""


def how(via: str, lang: Language) -> str:
    """How it came about, where no person did it."""
    words = VIA.get(via.partition(":")[0])
    return words.say(lang) if words else via


def changes_of(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What an entry of the trail wrote down; nothing of other rows."""
    text = row.get("changes")
    if not isinstance(text, str) or not text.startswith("["):
        return []
    return [each for each in json.loads(text) if isinstance(each, dict) and isinstance(each.get("what"), str)]


def names_in(row: Mapping[str, Any]) -> Iterable[str]:
    """The papers that an entry is about, and those that stand in what is shown of it, as the ledger names them."""
    changes = changes_of(row)
    yield from (f"{each['what']}:{each['id']}" for each in changes if isinstance(each.get("id"), int))
    for facts in (each.get(side) or {} for each in changes[:MOST_ROWS] for side in ("old", "new")):
        yield from (value for value in facts.values() if isinstance(value, str) and NAME.fullmatch(value))


def recorded(
    table: Table, row: Mapping[str, Any], name: str, papers: Mapping[str, Paper], lang: Language
) -> tuple[str, str] | None:
    """What a column of the trail says to people, and the page of what it is about; None for all that say it alone."""
    if table.name != TRAIL:
        return None
    if name == "via":
        return how(str(row["via"]), lang), ""
    if name != "changes":
        return None
    changes = changes_of(row)
    told = [_told(each, papers, lang) for each in changes[:MOST_ROWS]]
    if len(changes) > MOST_ROWS:
        told.append(MORE_ROWS.say(lang, count=len(changes) - MOST_ROWS))
    first = changes[0] if changes else {}
    return SEMICOLON.say(lang).join(told), _page(first, papers)


def _told(change: Mapping[str, Any], papers: Mapping[str, Paper], lang: Language) -> str:
    of, colon = _tables().get(change["what"]), COLON.say(lang)
    noun = _noun(of, lang) if of else change["what"]
    paper = papers.get(f"{change['what']}:{change.get('id')}")
    number = paper.number if paper and paper.table else _own_name(change)
    said = list(_fields(of, change, papers, lang)) if of else []
    more = ["…"] if len(said) > MOST_FIELDS else []
    fields = COMMA.say(lang).join(said[:MOST_FIELDS] + more)
    return f"{noun} {number}".strip() + (colon + fields if fields else "")


def _own_name(change: Mapping[str, Any]) -> str:
    facts = {**(change.get("old") or {}), **(change.get("new") or {})}
    id = change.get("id")
    return str(facts.get("number") or facts.get("code") or (f"#{id}" if isinstance(id, int) else ""))


def _fields(of: Table, change: Mapping[str, Any], papers: Mapping[str, Paper], lang: Language) -> Iterable[str]:
    old, new = change.get("old") or {}, change.get("new") or {}
    by_source = {column.source: column for column in of.columns}
    for source in dict.fromkeys([*old, *new]):
        column = by_source.get(source)
        if column is None or column.name in NOT_SAID or column.kind in FOR_PROGRAMS:
            continue
        if is_in_the_other(of, column.name, lang):
            continue
        words = label(column.name, lang)
        before, after = (_value(of, column, facts.get(source), papers, lang) for facts in (old, new))
        if column.kind in UNITS:
            yield words
        elif before and after:
            yield f"{words} {before} → {after}"
        elif after or before:
            yield f"{words} {after or before}"


def _value(of: Table, column: Column, value: Any, papers: Mapping[str, Paper], lang: Language) -> str:
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return (YES if value else NO).say(lang)
    if words := choices_of(of, column).get(str(value)):
        return words.say(lang)
    if column.kind is kinds.MILLIONTHS and isinstance(value, int):
        return plain(value, 6)
    if paper := papers.get(str(value)):
        return paper.said(lang)
    return str(by_its_name(value, lang))[:60]


def _page(change: Mapping[str, Any], papers: Mapping[str, Paper]) -> str:
    if not change:
        return ""
    paper = papers.get(f"{change['what']}:{change.get('id')}")
    if paper and paper.table:
        return address_of(paper.table, paper.id)
    of = _tables().get(change["what"])
    return address_of(of.name, change["id"]) if of and not of.has_uuids and isinstance(change.get("id"), int) else ""


def _noun(of: Table, lang: Language) -> str:
    model: Any = of.model
    course = COURSES.get(model._meta.label_lower)
    noun: Sentence = course.model.noun if course else getattr(model, "noun", of.title)
    return noun.say(lang).partition("：")[0].partition(":")[0]


@cache
def _tables() -> Mapping[str, Table]:
    """By kind of row, the table that shows it; that which changes it where there are several."""
    found: dict[str, Table] = {}
    for table in sorted(TABLES.values(), key=lambda each: each.change is None and not each.actions):
        found.setdefault(table.model._meta.label_lower, table)
    return found

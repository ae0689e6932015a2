"""What happened to a row, in words: the steps of its course by their names, the rest by what was done to it; and what
of it can be undone, or was."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from huoku.language import COLON, COMMA, Language, Sentence
from huoku.server.documents.course import COURSES
from huoku.server.office.commands.rows import save_rows
from huoku.server.office.commands.undoing import UNDONE, undo
from huoku.server.office.doings import doing
from huoku.server.office.names import Names, papers_in
from huoku.server.office.recorded import how
from huoku.server.office.undoing.counters import COUNTERS
from huoku.server.office.undoing.doing import LASTING, key_of
from huoku.server.office.values import in_words, is_in_the_other
from huoku.server.office.words import label
from huoku.server.platform.actor import Actor
from huoku.server.platform.called import people_called
from huoku.server.platform.clock import page_time
from huoku.server.platform.tables.history import history
from huoku.server.platform.tables.table import TABLES, Table

IN_THE_LIST = Sentence("在列表里填写", "filled in in the list")
MORE = Sentence("还有 {count} 处", "{count} more")
MOST_CHANGES = 80
"""So many changes of one entry are shown."""
BY_THE_WAY = frozenset({"planning.tell_progress", "planning.write_part"})
"""What a job writes down while it works: the audit trail has all of it, who reads a page wants what came of it."""
ADDED, CHANGED, REMOVED = Sentence("新建", "added"), Sentence("修改", "changed"), Sentence("删除", "removed")


def happened(table: Table, actor: Actor, pk: Any, lang: Language) -> list[dict[str, Any]]:
    """The row's history, the last first; ``words`` says what was done, ``by`` who did it, or how it came about.
    ``undone_by`` and ``undoes`` are the ids of the entries at the other end; ``can_be_undone``: by the reader, now."""
    entries = history(table, actor, pk) if not table.has_uuids else []
    entries = [entry for entry in entries if entry["action"] not in BY_THE_WAY]
    undoings = {entry["key"]: entry["id"] for entry in entries if entry["action"] == undo.name}
    undone = {key_of(entry["key"]): entry["id"] for entry in entries}
    names = Names(papers=papers_in(actor, [each for entry in entries for each in entry["changes"]]))
    mine = {entry["id"] for entry in entries if _could_be_undone(entry, actor)}
    last = page_time() - LASTING if mine else None
    people = people_called(actor.company.pk, (entry["by"] for entry in entries if entry["by"]))
    return [
        {
            **entry,
            "by": people.get(entry["by"]) or how(entry["via"], lang),
            "reason": "" if entry["action"] == undo.name else entry["reason"],
            "words": done_by(table, entry["action"], lang),
            "changes": _told([each for each in entry["changes"] if _is_told(each, lang)], names, lang),
            "undone_by": undoings.get(key_of(entry["key"])),
            "undoes": undone.get(entry["key"]) if entry["action"] == undo.name else None,
            "can_be_undone": last is not None
            and entry["id"] in mine
            and datetime.fromisoformat(entry["at"]) >= last
            and key_of(entry["key"]) not in undoings,
        }
        for entry in entries
    ]


def _told(changes: Sequence[Mapping[str, Any]], names: Names, lang: Language) -> list[dict[str, Any]]:
    told = [_changed(change, names, lang) for change in changes[:MOST_CHANGES]]
    if more := len(changes) - len(told):
        told.append({"words": "…", "values": ["", MORE.say(lang, count=more)]})
    return told


def _is_told(change: Mapping[str, Any], lang: Language) -> bool:
    """Not where nothing stands before and after, nor what was kept in the other language too; ids are for programs."""
    if change["field"].endswith("_id") or is_in_the_other(TABLES[change["table"]], change["field"], lang):
        return False
    return any(change[at] not in (None, "", {}, []) for at in ("old", "new"))


def _changed(change: Mapping[str, Any], names: Names, lang: Language) -> dict[str, Any]:
    """A change as people read it: ``words``, what has changed; ``values``, what stood there before and stands now."""
    table, name, part = TABLES[change["table"]], change["field"], change.get("part")
    of_part = f"{label(part, lang)} {change['called']}" if part else ""
    if name == part:
        return {"words": of_part, "values": [_whole(table, change[at], names, lang) for at in ("old", "new")]}
    values = [in_words(table, name, names.told(change[at], lang), lang) for at in ("old", "new")]
    return {"words": f"{of_part} {label(name, lang)}".strip(), "values": values}


def _whole(table: Table, row: Mapping[str, Any] | None, names: Names, lang: Language) -> str:
    """All that was said of a row that came or went."""
    colon, comma = COLON.say(lang), COMMA.say(lang)
    told = {
        name: value
        for name, value in (row or {}).items()
        if not (name.endswith("_id") or name == "version" or is_in_the_other(table, name, lang))
    }
    words = ((name, in_words(table, name, names.told(value, lang), lang)) for name, value in told.items() if value)
    return comma.join(f"{label(name, lang)}{colon}{value}" for name, value in words if value)


def _could_be_undone(entry: dict[str, Any], actor: Actor) -> bool:
    return actor.user is not None and entry["by"] == actor.user.username and entry["action"] in COUNTERS


def done_by(table: Table, name: str, lang: Language) -> str:
    """What a command did to a row of the table, in a word."""
    course = COURSES.get(table.model._meta.label_lower)
    step = next((step for step in course.steps if step.command == name), None) if course else None
    if step:
        return step.words.say(lang)
    if name == save_rows.name:
        return IN_THE_LIST.say(lang)
    if name == undo.name:
        return UNDONE.say(lang)
    plain = {table.add: ADDED, table.change: CHANGED, table.remove: REMOVED}
    found = next((words.say(lang) for command, words in plain.items() if command and command.name == name), "")
    return found or doing(name).say(lang)

"""What happened to a row, in words: the steps of its course by their names, the rest by what was done to it."""

from typing import Any

from huoku.language import Language, Sentence
from huoku.server.documents.course import COURSES
from huoku.server.office.commands.rows import save_rows
from huoku.server.office.words import label
from huoku.server.platform.actor import Actor
from huoku.server.platform.tables.history import history
from huoku.server.platform.tables.table import Table

IN_THE_LIST = Sentence("在列表里填写", "filled in in the list")
ADDED, CHANGED, REMOVED = Sentence("新建", "added"), Sentence("修改", "changed"), Sentence("删除", "removed")


def happened(table: Table, actor: Actor, pk: Any, lang: Language) -> list[dict[str, Any]]:
    """The row's history, the last first; ``words`` says what was done."""
    entries = history(table, actor, pk) if not table.has_uuids else []
    return [{**entry, "words": done_by(table, entry["action"], lang)} for entry in entries]


def done_by(table: Table, name: str, lang: Language) -> str:
    """What a command did to a row of the table, in a word."""
    course = COURSES.get(table.model._meta.label_lower)
    step = next((step for step in course.steps if step.command == name), None) if course else None
    if step:
        return step.words.say(lang)
    if name == save_rows.name:
        return IN_THE_LIST.say(lang)
    plain = {table.add: ADDED, table.change: CHANGED, table.remove: REMOVED}
    found = next((words.say(lang) for command, words in plain.items() if command and command.name == name), "")
    return found or label(name.rsplit(".", 1)[-1], lang)

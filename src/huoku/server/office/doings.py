"""What every command does, in words: the steps of papers, what is done with rows of tables, and the rest by name."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from huoku.language import Sentence
from huoku.server.documents.course import COURSES
from huoku.server.office.words import ZH
from huoku.server.platform.tables.table import TABLES, Table


def doing(command: str) -> Sentence:
    """What somebody does by this command, such as "work order: released"."""
    return _doings().get(command) or _by_name(command.partition(".")[2])


def _by_name(name: str) -> Sentence:
    words = name.replace("_", " ")
    return Sentence(ZH.get(name, words), words)


@cache
def _doings() -> Mapping[str, Sentence]:
    """By command. The apps are loaded when somebody asks."""
    found: dict[str, Sentence] = {}
    for table in TABLES.values():
        found |= {name: words for name, words in _of_table(table) if name not in found}
    for course in COURSES.values():
        noun = course.model.noun
        for step in course.steps:
            found[step.command] = Sentence(f"{noun.zh}：{step.words.zh}", f"{noun.en}: {step.words.en}")
    return found


def _of_table(table: Table) -> Iterator[tuple[str, Sentence]]:
    model: Any = table.model
    noun: Sentence = getattr(model, "noun", table.title)
    named = (("新建", "add", table.add), ("修改", "change", table.change), ("删除", "remove", table.remove))
    yield from ((each.name, Sentence(f"{zh}{noun.zh}", f"{en} {noun.en}")) for zh, en, each in named if each)
    for action, command in table.actions.items():
        words = _by_name(action)
        yield command.name, Sentence(f"{noun.zh}：{words.zh}", f"{noun.en}: {words.en}")

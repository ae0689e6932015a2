"""Fields that hold the name of a kind of paper, or of a command, as programs call it: people choose it from a list."""

from collections.abc import Callable, Mapping

from huoku.language import Language
from huoku.server.documents.course import COURSES
from huoku.server.documents.document import Document
from huoku.server.office.doings import doing
from huoku.server.platform.command import COMMANDS

Choices = Mapping[str, str]


def _papers(lang: Language) -> Choices:
    """Those that have a number."""
    return {name: each.model.noun.say(lang) for name, each in COURSES.items() if issubclass(each.model, Document)}


def _commands(lang: Language) -> Choices:
    """Those that can be made to wait for a second person."""
    return {name: doing(name).say(lang) for name, command in COMMANDS.items() if command.waits}


NAMED: Mapping[tuple[str, str], Callable[[Language], Choices]] = {
    ("number_ranges", "kind"): _papers,
    ("approval_limits", "kind"): _commands,
    ("second_checks", "kind"): _commands,
}
"""By table and field."""


def kinds_of(table: str, name: str, lang: Language) -> tuple[tuple[str, str], ...]:
    """What a field of the table's commands may name, each with what it is called, in their order; else nothing."""
    of = NAMED.get((table, name))
    return tuple(sorted(of(lang).items(), key=lambda each: each[1])) if of else ()

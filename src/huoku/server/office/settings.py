"""What a company has decided, as its page tells it: each setting with what it does, what it is unless somebody says
otherwise, and who changed it last."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import NOT_PROVIDED

from huoku.language import Language, Sentence
from huoku.server.office.cells import Cell
from huoku.server.office.explained import explained
from huoku.server.office.values import in_words
from huoku.server.office.words import heading, label
from huoku.server.platform.actor import Actor
from huoku.server.platform.exact import minor_digits
from huoku.server.platform.tables import kinds
from huoku.server.platform.tables.table import Column, Table

NONE = Sentence("", "")
SETTINGS: Mapping[str, Sequence[tuple[Sentence, str]]] = {
    "planning_settings": (
        (
            Sentence("看多远，多久动一次", "How far a plan looks, and how steady it is"),
            "horizon_days frozen_days change_rate change_days replans_by_itself",
        ),
        (Sentence("占用和迟交值多少钱", "What holding and being late cost"), "holding_rate salvage_rate late_rate"),
        (Sentence("交货和替代", "Deliveries and substitutes"), "partial_shipments substitute_mixing"),
        (
            Sentence("多买多少、呆滞多少要提醒", "What may be bought beyond the need, and when stock counts as dead"),
            "future_use risk_limit excess_limit company_stage dead_warn dead_alarm",
        ),
    ),
    "sales_rules": ((NONE, "big_value rush_days departments hold_hours"),),
    "purchase_defaults": ((NONE, "over_tolerance under_tolerance inspects"),),
    "number_ranges": ((NONE, "kind year prefix digits last"),),
}
"""By table, its settings in groups, each with its title."""


@dataclass(frozen=True, slots=True)
class Setting:
    words: str
    value: object
    does: str
    usual: object
    changed: tuple[str, str] | None
    """When, and by whom."""


def settings_of(
    actor: Actor, table: Table, cells: Mapping[str, Cell], happened: Iterable[Mapping[str, Any]], lang: Language
) -> list[tuple[str, list[Setting]]]:
    """In groups, each with its title; nothing of tables that are no settings."""
    seen, last = table.seen_by(actor), _last_changes(happened)
    does = dict(_does(table))
    groups = []
    for title, names in SETTINGS.get(table.name, ()):
        told = [
            Setting(
                heading(name, lang, table.name),
                cells[name].value if name in cells else "",
                explained(does.get(name, ""), lang),
                _usual(actor, table, seen[name], lang),
                last.get(label(name, lang)),
            )
            for name in names.split()
            if name in seen
        ]
        groups.append((title.say(lang) if title.zh else "", told))
    return groups


def _does(table: Table) -> Iterator[tuple[str, str]]:
    """What the fields of the commands, else the columns, say that they do."""
    for column in table.columns:
        field: Any = next((each for each in table.model._meta.fields if each.attname == column.source), None)
        yield column.name, str(field.help_text) if field is not None else ""
    for command in (table.add, table.change):
        for name, said in command.request.model_fields.items() if command else ():
            if said.description:
                yield name, said.description


def _usual(actor: Actor, table: Table, column: Column, lang: Language) -> object:
    """What holds unless somebody says otherwise."""
    field: Any = next((each for each in table.model._meta.fields if each.attname == column.source), None)
    if field is None or field.default is NOT_PROVIDED:
        return ""
    beside = actor.company.currency if column.kind is kinds.MINOR else minor_digits(actor.company.currency)
    value = field.get_default()
    return in_words(table, column.name, column.kind.show(value, beside, ZoneInfo(actor.company.timezone)), lang)


def _last_changes(happened: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, str]]:
    """By what was changed, when and by whom last; ``happened`` has the last first."""
    found: dict[str, tuple[str, str]] = {}
    for entry in happened:
        for change in entry["changes"]:
            found.setdefault(change["words"], (entry["at"][:10], entry["by"] or entry["via"]))
    return found

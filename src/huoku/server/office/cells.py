"""The cells of a row as people read them: codes by their names, figures in groups, papers by their numbers."""

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from django.utils.html import conditional_escape, format_html

from huoku.language import Language, Sentence, kept
from huoku.server.ledger.models import Location
from huoku.server.office.choices import called, choices_of
from huoku.server.office.grid.badges import BADGES
from huoku.server.office.names import Names
from huoku.server.office.opening import address_of
from huoku.server.office.words import label
from huoku.server.platform.actor import Actor
from huoku.server.platform.tables import kinds
from huoku.server.platform.tables.table import TABLES, Table

LONG = 28
"""Letters that fit into one line of a column."""
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
PLACE = re.compile(r"~[a-z_]+")
"""The code of a place that only the books have, such as ~work_in_progress."""
BADGE = '<span class="st {0}"><i class="mk {0}" aria-hidden="true">{1}</i>{2}</span>'
RATIO, EXACT = re.compile(r"\d+/\d+"), ("per_unit", "per_order", "ratio")
"""Columns of exact numbers that are kept as text, 83333/500000 where they have no end."""
YES, NO = Sentence("是", "yes"), Sentence("否", "no")
FIGURES = frozenset(kind.name for kind in (kinds.STEPS, kinds.MINOR, kinds.MILLIONTHS, kinds.RATIO))


class Cell(NamedTuple):
    """What stands in a cell, and the page that it opens, if any."""

    value: object
    address: str = ""
    words: str = ""
    """What its column is called: on a telephone a row is a card, and each cell says its name."""

    badge: tuple[str, str] = ("", "")
    """The level and the letter of a state."""
    why: str = ""
    """The name of its reason, where it is worked out."""

    name: str = ""
    """What the row that the cell refers to is called."""
    is_figure: bool = False
    """Figures stand to the right, so that they compare."""

    @property
    def html(self) -> str:
        """As it stands in the list, folded where it is long: made without a template, a page has a thousand."""
        if self.badge[0]:
            return format_html(BADGE, *self.badge, self.value)
        if self.address:
            link = format_html('<a href="{}">{}</a>', self.address, self.value)
            return format_html('{} <span class="quiet">{}</span>', link, self.name) if self.name else link
        if isinstance(self.value, str) and len(self.value) > LONG:
            return format_html('<div class="long" title="{0}">{0}</div>', self.value)
        return conditional_escape(str(self.value))


def cells_of(
    actor: Actor, table: Table, columns: Iterable[tuple[str, str]], row: Mapping[str, Any], lang: Language, names: Names
) -> list[Cell]:
    """The cells of a row; ``columns``: each with what it is called. What a row refers to opens with a click, where the
    actor may read it."""
    opens = {
        expand.source.removesuffix("_id"): expand.table
        for expand in table.expands.values()
        if not expand.many and actor.may(TABLES[expand.table].read)
    }
    figures = figures_of(table)
    cells = []
    for name, words in columns:
        value = row[name]
        there = row.get(f"{name}_id") if name in opens else None
        badge = BADGES.get(str(value), ("", "")) if name == "state" else ("", "")
        if isinstance(value, str) and (paper := names.papers.get(value)):
            address = address_of(paper.table, paper.id) if paper.table and actor.may(TABLES[paper.table].read) else ""
            cells.append(Cell(paper.number, address, words))
            continue
        address = address_of(opens[name], there) if there is not None else ""
        called = names.items.get(there, "") if there is not None and opens[name] == "items" else ""
        shown = cell_of(table, name, value, lang)
        cells.append(Cell(shown, address, words, badge, name=called, is_figure=name in figures))
    return cells


def figures_of(table: Table) -> frozenset[str]:
    """The columns that are quantities, money and shares."""
    return frozenset(column.name for column in table.columns if column.kind.name in FIGURES or column.name in EXACT)


def cell_of(table: Table, name: str, value: object, lang: Language) -> object:
    """A state, or another code, by its name, yes and no as words, figures in groups of three; the rest as it is."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return (YES if value else NO).say(lang)
    if isinstance(value, dict):
        return _told(value, lang)
    column = next((column for column in table.columns if column.name == name), None)
    if column and (words := choices_of(table, column).get(str(value))):
        return words.say(lang)
    if column and column.kind.name in FIGURES:
        return grouped(str(value))
    if name.endswith("_zh"):
        return kept(str(value), "", lang)
    return _text(name, value, lang) if isinstance(value, str) else value


def _text(name: str, value: str, lang: Language) -> str:
    """A moment to the minute; a place of the books by its kind; the beginning of a sum that programs check."""
    if MOMENT.match(value):
        return f"{value[:10]} {value[11:16]}"
    if PLACE.fullmatch(value) and value[1:] in Location.Kind:
        return called(value[1:]).say(lang)
    if RATIO.fullmatch(value) and name in EXACT:
        return grouped(value)
    return f"{value[:12]}…" if name.endswith("_digest") else value


def _told(facts: Mapping[str, Any], lang: Language) -> str:
    """Facts that are kept together, each with what it is called."""
    said = (f"{label(name, lang)} {_fact(name, value)}" for name, value in facts.items())
    return ("；" if lang != "en" else "; ").join(said)


def _fact(name: str, value: Any) -> str:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and name.endswith("_share"):
        return f"{value:.1%}"
    return f"{value:,}" if is_number else str(value)


def grouped(figure: str) -> str:
    """1234567.5 is 1,234,567.5; of a ratio without end the first digits."""
    if "/" in figure:
        exact = Fraction(figure)
        near = f"{float(exact):.4g}"
        return near if Fraction(near) == exact else f"≈{near}"
    whole, point, rest = figure.partition(".")
    return f"{int(whole):,}{point}{rest}" if whole.lstrip("-").isdigit() and whole != "-0" else figure

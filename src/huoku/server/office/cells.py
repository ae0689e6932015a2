"""The cells of a row, each with what it opens: as lists, papers and their parts show them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.utils.html import conditional_escape, format_html

from huoku.language import Language
from huoku.server.office.bars import bar
from huoku.server.office.grid.badges import BADGES
from huoku.server.office.grid.words import WORDS
from huoku.server.office.names import Names
from huoku.server.office.opening import address_of
from huoku.server.office.recorded import recorded
from huoku.server.office.values import figures_of, in_words, is_said_by_code, parts_of
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.platform.tables.table import TABLES, Table

NEXT_DUE = "next_on"
"""The column that says when the next of a paper is due; empty where nothing is any more."""
LONG = 28
"""Letters that fit into one line of a column."""
BADGE = '<span class="st {0}"><i class="mk {0}" aria-hidden="true">{1}</i>{2}</span>'


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
    part: float | None = None
    """What part of a whole it is: drawn as a small bar."""

    @property
    def html(self) -> str:
        """As it stands in the list, folded where it is long: made without a template, a page has a thousand."""
        if self.badge[0]:
            return format_html(BADGE, *self.badge, self.value)
        if self.part is not None:
            return bar(self.part)
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
    figures, parts, today = figures_of(table), parts_of(table), business_day(actor.company, page_time())
    cells = []
    for name, words in columns:
        known = names.known(table, name, row[name])
        there = row.get(f"{name}_id") if name in opens else None
        badge = BADGES.get(str(row[name]), ("", "")) if name == "state" else ("", "")
        told, paper = names.read(table, row, name)
        address = address_of(opens[name], there) if there is not None else paper
        if known:
            address = address_of(known[0], known[1].id)
        called = known[1].name if known else ""
        shown = "" if is_said_by_code(row, name) else in_words(table, name, told, lang)
        if name == NEXT_DUE and (late := _days_past(told, today)):
            shown, badge = f"{shown} · {WORDS['late'].say(lang, n=late)}", ("O", "!")
        if of_the_trail := recorded(table, row, name, names.papers, lang):
            shown, address = of_the_trail
        # A lot may have no code: nothing to press then.
        there = address if shown else ""
        done = float(told) if name in parts and isinstance(told, str) else None
        cells.append(Cell(shown, there, words, badge, name=called, is_figure=name in figures, part=done))
    return cells


def _days_past(told: object, today: date) -> int:
    """By how many days what is due next is late."""
    return max(0, (today - date.fromisoformat(told)).days) if isinstance(told, str) and told else 0

"""What stands on the page of a row before its facts: rows of other tables about it, and what rooms above tell of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from huoku.language import Language, Sentence
from huoku.server.office.parts import rows_about
from huoku.server.platform.actor import Actor
from huoku.server.platform.tables.table import TABLES


@dataclass(frozen=True, slots=True)
class Section:
    """A template of a room above, and what it tells as ``told``. ``follows``: the page comes without it, and fetches
    it then."""

    template: str
    told: Mapping[str, Any] = field(default_factory=dict)
    follows: bool = False
    says: tuple[str, ...] = ()
    """Columns of the row that it tells better than the facts would."""


def later(address: str, whole: str, words: Sentence) -> Section:
    """What takes longer to work out than a page may take. ``address`` answers with it; ``whole``, ``words``: the page
    that tells it to browsers without scripts."""
    return Section("office/section_later.html", {"address": address, "whole": whole, "words": words}, follows=True)


@dataclass(frozen=True, slots=True)
class Related:
    """Rows of another table that name this row in a column."""

    table: str
    column: str
    title: Sentence
    without: tuple[str, ...] = ()


SECTIONS: dict[str, list[Callable[[Actor, int], Section | None]]] = {}
"""By table. Rooms above put theirs in; each is asked for whoever reads the page of a row."""
FIRST = "20"
WHERE = Sentence("现在在哪里", "Where it lies now")
RELATED: dict[str, tuple[Related, ...]] = {
    "lots": (
        Related("balances", "lot_id", WHERE, ("item", "lot")),
        Related("lot_origins", "parent_id", Sentence("做进了哪些批次", "Lots that it went into"), ("parent",)),
        Related(
            "movements",
            "lot_id",
            Sentence("这批料的每一笔", "All movements of this lot"),
            ("lot", "item", "owner", "command_key", "reason", "unit_cost", "currency", "recorded_at"),
        ),
    ),
    "locations": (Related("balances", "location_id", Sentence("这里放着什么", "What lies here"), ("location",)),),
}
"""By table, the rows of others that whoever opens one of its rows looks for next."""


def sections_of(actor: Actor, table: str, row: int) -> list[Section]:
    found = [make(actor, row) for make in SECTIONS.get(table, ())]
    return [each for each in found if each is not None]


def related_to(actor: Actor, table: str, row: int, lang: Language) -> list[dict[str, Any]]:
    """The first rows of each, for ``office/parts.html``; those alone that there are."""
    found = []
    for each in RELATED.get(table, ()):
        if not actor.may(TABLES[each.table].read):
            continue
        asked = {f"filter[{each.column}][eq]": str(row), "limit": FIRST}
        part = rows_about(actor, each.table, asked, lang, each.without)
        if part["rows"]:
            found.append({**part, "title": each.title.say(lang), "has_actions": False})
    return found

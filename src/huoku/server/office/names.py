"""What rows refer to is called: items by their names in the reader's language, papers by their numbers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from huoku.language import Language
from huoku.server.documents.papers import NAME, Paper, papers
from huoku.server.items.models import Item
from huoku.server.items.rights import READ
from huoku.server.look.speaking import named
from huoku.server.office.opening import address_of
from huoku.server.platform.actor import Actor
from huoku.server.platform.tables.table import Table

Rows = Iterable[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Names:
    """``items``: by id, where the actor may read them; ``papers``: by the name that the ledger has for them."""

    items: Mapping[int, str] = field(default_factory=dict)
    papers: Mapping[str, Paper] = field(default_factory=dict)

    def told(self, value: object) -> object:
        """A name of the ledger as the number that people know, also within lists; everything else as it is."""
        if isinstance(value, dict):
            return {name: self.told(each) for name, each in value.items()}
        if isinstance(value, list):
            return [self.told(each) for each in value]
        paper = self.papers.get(value) if isinstance(value, str) else None
        return paper.number if paper else value

    def read(self, row: Mapping[str, Any], name: str) -> tuple[object, str]:
        """What a column of a row says to people, and the page of the paper that it names, or ""."""
        value = row[name]
        if name == "row" and (about := _about(row)):
            paper = self.papers.get(about)
            return (paper.number, address_of(paper.table, paper.id)) if paper and paper.table else (value, "")
        paper = self.papers.get(value) if isinstance(value, str) else None
        return self.told(value), address_of(paper.table, paper.id) if paper and paper.table else ""


def names_of(actor: Actor, lang: Language, *told: tuple[Table, Rows]) -> Names:
    """Of all that rows of these tables refer to."""
    kept = [(table, list(rows)) for table, rows in told]
    return Names(_items(actor, lang, kept), papers_in(actor, [row for _, rows in kept for row in rows]))


def papers_in(actor: Actor, rows: Rows) -> dict[str, Paper]:
    """By name of the ledger, of those that stand in rows, and of what rows such as tasks are about."""
    named = set(_ledger_names(value for row in rows for value in row.values()))
    return papers(actor, named | {about for row in rows if (about := _about(row))})


def _about(row: Mapping[str, Any]) -> str:
    """What a row is about that names it by kind and id, as the ledger would name it; else ""."""
    what, id = row.get("what"), row.get("row")
    return f"{what}:{id}" if isinstance(what, str) and isinstance(id, int) else ""


def _ledger_names(values: Iterable[object]) -> Iterator[str]:
    for value in values:
        if isinstance(value, dict):
            yield from _ledger_names(value.values())
        elif isinstance(value, list):
            yield from _ledger_names(value)
        elif isinstance(value, str) and ":" in value and NAME.fullmatch(value):
            yield value


def _items(actor: Actor, lang: Language, told: Iterable[tuple[Table, Rows]]) -> dict[int, str]:
    wanted = set()
    for table, rows in told:
        sources = [each.source for each in table.expands.values() if each.table == "items" and not each.many]
        wanted |= {row[source] for row in rows for source in sources if row.get(source) is not None}
    if not wanted or not actor.may(READ):
        return {}
    items = Item.objects.of(actor.company).filter(pk__in=wanted).only("name", "name_en")
    return {item.pk: name for item in items if (name := named(item, lang))}

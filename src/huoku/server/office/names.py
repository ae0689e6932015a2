"""What rows refer to is called: items, resources and partners by their names in the reader's language, papers by their
numbers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from django.db.models import F, QuerySet, Value

from huoku.language import Language
from huoku.server.documents.papers import NAME, Paper, papers
from huoku.server.look.speaking import name_in
from huoku.server.office.opening import address_of
from huoku.server.office.recorded import names_in
from huoku.server.platform.actor import Actor
from huoku.server.platform.called import people_called
from huoku.server.platform.tables.table import TABLES, Table

Rows = Iterable[Mapping[str, Any]]
NAMED = ("items", "resources", "suppliers", "customers", "locations", "sites")
"""Tables whose rows have a name beside their code."""
COLUMNS = {
    **dict.fromkeys(("item", "component", "parent"), "items"),
    **dict.fromkeys(("site", "from_site", "to_site"), "sites"),
    "resource": "resources",
    "supplier": "suppliers",
    "customer": "customers",
    "place": "locations",
}
"""What columns of these names hold codes of, where no expand of their table says it."""


LOGIN_IS_THE_FACT = ("sessions",)
"""Tables of what was done with a login, whoever has it."""


class Known(NamedTuple):
    """A row that a code stands for."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Names:
    """``called``: by table and code, where the actor may read them; ``papers``: by the name that the ledger has for
    them; ``people``: by login."""

    called: Mapping[tuple[str, str], Known] = field(default_factory=dict)
    papers: Mapping[str, Paper] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)

    def known(self, table: Table, column: str, code: object) -> tuple[str, Known] | None:
        """The table and the row that a code in a column stands for."""
        of = refers(table.name).get(column)
        found = self.called.get((of, code)) if of and isinstance(code, str) else None
        return (of, found) if of and found else None

    def told(self, value: object, lang: Language | None = None) -> object:
        """A name of the ledger as the number that people know, with its line for somebody who reads ``lang``; also
        within lists. Everything else as it is."""
        if isinstance(value, dict):
            return {name: self.told(each, lang) for name, each in value.items()}
        if isinstance(value, list):
            return [self.told(each, lang) for each in value]
        paper = self.papers.get(value) if isinstance(value, str) else None
        if paper is None:
            return value
        return paper.said(lang) if lang else paper.number

    def read(self, table: Table, row: Mapping[str, Any], name: str) -> tuple[object, str]:
        """What a column of a row says to people, and the page of the paper that it names, or ""."""
        value = row[name]
        if isinstance(value, str) and name in of_people(table.name):
            return self.people.get(value, value), ""
        if name == "row" and (about := _about(row)):
            paper = self.papers.get(about)
            return (paper.number, address_of(paper.table, paper.id)) if paper and paper.table else (value, "")
        paper = self.papers.get(value) if isinstance(value, str) else None
        return self.told(value), address_of(paper.table, paper.id) if paper and paper.table else ""


def names_of(actor: Actor, lang: Language, *told: tuple[Table, Rows]) -> Names:
    """Of all that rows of these tables refer to."""
    kept = [(table, list(rows)) for table, rows in told]
    logins = {row.get(name) for table, rows in kept for name in of_people(table.name) for row in rows}
    people = people_called(actor.company.pk, (each for each in logins if isinstance(each, str)))
    return Names(_called(actor, lang, kept), papers_in(actor, [row for _, rows in kept for row in rows]), people)


def papers_in(actor: Actor, rows: Sequence[Mapping[str, Any]]) -> dict[str, Paper]:
    """By name of the ledger, of those that stand in rows, and of what rows such as tasks are about."""
    named = set(_ledger_names(value for row in rows for value in row.values()))
    recorded = {name for row in rows for name in names_in(row)}
    return papers(actor, named | recorded | {about for row in rows if (about := _about(row))})


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


@cache
def of_people(table: str) -> frozenset[str]:
    """The columns of a table that hold logins, where people look for whose they are."""
    columns = TABLES[table].columns if table not in LOGIN_IS_THE_FACT else ()
    return frozenset(each.name for each in columns if each.source.endswith("__username"))


@cache
def refers(table: str) -> Mapping[str, str]:
    """By column of a table, the table with names whose codes it holds."""
    of = TABLES[table]
    by_expand = {each.source.removesuffix("_id"): each.table for each in of.expands.values() if not each.many}
    told = {each.name: by_expand.get(each.name, COLUMNS.get(each.name, "")) for each in of.columns}
    said = {name for name in told if f"{name}_name" in told}
    return {name: other for name, other in told.items() if other in NAMED and name not in said}


def _called(actor: Actor, lang: Language, told: Iterable[tuple[Table, Rows]]) -> dict[tuple[str, str], Known]:
    """One question for all tables that are referred to. Places that only the books have go by their kind."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for table, rows in told:
        for column, other in refers(table.name).items():
            codes = (row.get(column) for row in rows)
            wanted[other] |= {code for code in codes if isinstance(code, str) and code.strip("~") == code != ""}
    return dict(_known(actor, lang, wanted))


def names_by_code(actor: Actor, lang: Language, **codes: Iterable[str]) -> dict[str, dict[str, str]]:
    """By table (``items=...``) and code, what rows are called; nothing of tables that the actor may not read."""
    found: dict[str, dict[str, str]] = {table: {} for table in codes}
    for (table, code), known in _known(actor, lang, {table: set(of) for table, of in codes.items()}):
        found[table][code] = known.name
    return found


def _known(actor: Actor, lang: Language, wanted: Mapping[str, set[str]]) -> Iterator[tuple[tuple[str, str], Known]]:
    """By table and code, in one question; the name is empty where it only says the code again."""
    asked = [_named(actor, table, codes) for table, codes in wanted.items() if codes and _may_know(actor, table)]
    for table, id, code, name, name_en in asked[0].union(*asked[1:], all=True) if asked else ():
        called = name_in(lang, name, name_en)
        yield (table, code), Known(id, called if called != code else "")


def _may_know(actor: Actor, table: str) -> bool:
    return actor.may(TABLES[table].read) and "name" in TABLES[table].seen_by(actor)


def _named(actor: Actor, table: str, codes: set[str]) -> "QuerySet[Any, Any]":
    of = TABLES[table]
    english = F("name_en") if any(each.name == "name_en" for each in of.model._meta.concrete_fields) else Value("")
    rows = of.rows_for(actor).filter(code__in=codes).order_by()
    told: QuerySet[Any, Any] = rows.annotate(called_en=english).values_list(
        Value(table), "pk", "code", "name", "called_en"
    )
    return told

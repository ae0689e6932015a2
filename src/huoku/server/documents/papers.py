"""The paper behind a name of the ledger, such as sales.line:5: the number that people know it by, and its page."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import F, Model, QuerySet, Value

from huoku.language import Language, Sentence
from huoku.server.documents.document import Document
from huoku.server.ledger.models import Count
from huoku.server.look.speaking import language
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.platform.refusals import Refused
from huoku.server.platform.tables.table import TABLES

NAME = re.compile(r"\b[a-z]+\.[a-z]+:\d{1,18}\b", re.ASCII)
COUNT = Sentence("盘点 #{id}", "count #{id}")
LINE = Sentence("{number} 行 {line}", "{number} line {line}")


@dataclass(frozen=True, slots=True)
class Kind:
    """``way``: from the row that is named to its paper, "" where it is the paper itself; ``table``: where that opens.
    ``words`` name a paper that has no number."""

    model: type[Model]
    table: str
    way: str = ""
    words: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """``table`` is empty where there is no page for this reader; ``line``: which of its lines is named, if one is."""

    number: str
    table: str = ""
    id: int = 0
    line: int = 0

    def said(self, lang: Language) -> str:
        """The number, with the line where one is named."""
        return LINE.say(lang, number=self.number, line=self.line) if self.line else self.number


KINDS: dict[str, Kind] = {"ledger.count": Kind(Count, "counts", words=COUNT)}


def _kind_of(name: str) -> Kind | None:
    """Names of rows (sales.salesorder:5) lead to papers too."""
    return KINDS.get(name) or _documents().get(name)


@cache
def _documents() -> Mapping[str, Kind]:
    tables = (table for table in TABLES.values() if issubclass(table.model, Document))
    return {table.model._meta.label_lower: Kind(table.model, table.name) for table in tables}


def stands_for(name: str, model: type[Model], table: str, way: str = "") -> None:
    """An app says, in its ``extends.py``, what its names lead to: ``stands_for("sales.line", SalesLine, ...)``."""
    KINDS[name] = Kind(model, table, way)


def papers(actor: Actor, names: Iterable[str]) -> dict[str, Paper]:
    """By name of the ledger. What the actor may not see, and what is no paper, is called as the ledger calls it."""
    found = {name: Paper(name) for name in names}
    kinds = list(_ids_by_kind(found))
    rows = [rows_for(actor, kind.model).filter(pk__in=list(ids)) for kind, ids in kinds]
    for place, id, paper, number, line in _asked_together([kind for kind, _ in kinds], rows):
        kind, ids = kinds[place]
        found[ids[id]] = Paper(number, kind.table, paper, line)
    return found


def called(company_id: int, names: Iterable[str]) -> dict[str, str]:
    """By name of the ledger, the number that stands in words to people; what is no paper is called as it is."""
    found = {name: name for name in names}
    for kind, ids in _ids_by_kind(found):
        rows = kind.model.objects.of(company_id).filter(pk__in=list(ids))  # type: ignore[attr-defined]
        for id, _, number in _numbers(kind, rows):
            found[ids[id]] = number
    return found


def in_words(company_id: int, names: Iterable[str]) -> str:
    """The numbers of papers one after the other, each once."""
    return ", ".join(sorted(set(called(company_id, names).values())))


def with_numbers(company_id: int, text: str) -> str:
    """A text for people: each name of the ledger in it is the number of its paper."""
    names = called(company_id, NAME.findall(text))
    return NAME.sub(lambda found: names[found[0]], text)


def _ids_by_kind(names: Iterable[str]) -> Iterable[tuple[Kind, dict[int, str]]]:
    """The ids with their names, for each kind of name: a row may be named in two ways."""
    wanted: dict[str, tuple[Kind, dict[int, str]]] = {}
    for name in names:
        kind, _, digits = name.partition(":")
        if NAME.fullmatch(name) and (known := _kind_of(kind)):
            wanted.setdefault(kind, (known, {}))[1][int(digits)] = name
    return wanted.values()


def _asked_together(kinds: Sequence[Kind], rows: "Sequence[QuerySet[Any]]") -> Iterable[tuple[int, int, int, str, int]]:
    """Of papers of several kinds, in one question to the database: the place of the kind, the id in the name, the id
    of the paper, its number, and of a line its place there."""
    asked = []
    for place, (kind, found) in enumerate(zip(kinds, rows, strict=True)):
        if kind.words:
            yield from ((place, *row, 0) for row in _numbers(kind, found))
        else:
            number = f"{kind.way}__number" if kind.way else "number"
            line = F("seq") if kind.way else Value(0)
            asked.append(
                found.annotate(line_named=line)
                .order_by()
                .values_list(Value(place), "pk", kind.way or "pk", number, "line_named")
            )
    if asked:
        yield from asked[0].union(*asked[1:], all=True) if asked[1:] else asked[0]


def _numbers(kind: Kind, rows: "QuerySet[Any]") -> Iterable[tuple[int, int, str]]:
    """The id in the name, the id of the paper, its number."""
    if kind.words:
        return [(id, id, kind.words.say(language(), id=id)) for id in rows.values_list("pk", flat=True)]
    number = f"{kind.way}__number" if kind.way else "number"
    return rows.values_list("pk", kind.way or "pk", number)


class WhichLine(Refused):
    code, is_kept = "which_line", False
    words = Sentence(
        "{value} 有几行，请写到行，例如 {value}/{line}。",
        "{value} has several lines; name one, as {value}/{line}.",
    )


def named_by(actor: Actor, said: str) -> str:
    """The name of the ledger of what people call by a paper's number, with its line where the paper has lines, as in
    SO-2026-00012/3. What is no such number is taken as it stands: the ledger takes any name. Raises WhichLine."""
    said = said.strip()
    if NAME.fullmatch(said):
        return said
    for name, kind in KINDS.items():
        rows = rows_for(actor, kind.model) if kind.words is None else None
        found = _row_called(rows, kind, said) if rows is not None else None
        if found is not None:
            return f"{name}:{found}"
    return said


def _row_called(rows: "QuerySet[Any]", kind: Kind, said: str) -> int | None:
    """The id of a paper, or of a line of one; a number alone is that of its only line. Raises WhichLine."""
    if not kind.way:
        own: int | None = rows.filter(number=said).values_list("pk", flat=True).first()
        return own
    number, _, line = said.rpartition("/")
    if number and line.isdecimal() and len(line) < 6:
        exact: int | None = (
            rows.filter(**{f"{kind.way}__number": number, "seq": int(line)}).values_list("pk", flat=True).first()
        )
        if exact is not None:
            return exact
    lines = list(rows.filter(**{f"{kind.way}__number": said}).order_by("seq").values_list("pk", "seq")[:2])
    if len(lines) > 1:
        raise WhichLine(field="demand", value=said, line=lines[0][1])
    return lines[0][0] if lines else None

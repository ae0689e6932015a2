"""A page of rows for the grid: the values of the columns that it shows, and what leads on from them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from huoku.language import Language
from huoku.server.look.speaking import language
from huoku.server.office.names import Names, names_of
from huoku.server.office.opening import address_of
from huoku.server.office.recorded import recorded
from huoku.server.office.values import by_its_name, in_one_line, is_said_by_code, of_the_books
from huoku.server.platform.actor import Actor
from huoku.server.platform.tables.asking import Question, question
from huoku.server.platform.tables.showing import page
from huoku.server.platform.tables.table import Table

PAGE = 100
MOST_COUNTED = 10_000
"""So many rows are counted; of more it is told that there are more. A ledger has millions."""


def rows_of(table: Table, actor: Actor, asked: Mapping[str, str]) -> dict[str, Any]:
    """``rows``, the cursor of the next page, and on the first page how many there are (``is_more``: at least so many).
    Raises BadQuestion."""
    found = page(table, actor, told := _with_links(table, actor, question(table, actor, asked, limit=PAGE)))
    rows = _as_read(table, found.rows, names_of(actor, language(), (table, found.rows)))
    answer: dict[str, Any] = {"rows": rows, "next": found.next_cursor}
    if "cursor" not in asked:
        counted = _counted(table, actor, told) if found.next_cursor else len(found.rows)
        answer |= {"total": min(counted, MOST_COUNTED), "is_more": counted > MOST_COUNTED}
    return answer


def _as_read(table: Table, rows: list[dict[str, Any]], names: Names) -> list[dict[str, Any]]:
    """Papers by their numbers, and beside each, as ``demand_page``, where it opens; beside an item or a partner its
    name, as ``item_called``. What people read instead of a code takes its place, and stands as ``kind_words`` beside
    what they write."""
    lang, written = language(), set(table.add.request.model_fields) if table.add else set()
    answer: list[dict[str, Any]] = []
    for row in rows:
        shown: dict[str, Any] = {}
        for name in row:
            told, page = names.read(table, row, name)
            words = "" if is_said_by_code(row, name) else _in_words(told, lang)
            if of_the_trail := recorded(table, row, name, names.papers, lang):
                words, page = of_the_trail
            is_kept = name in written or not isinstance(told, str)
            shown[name] = told if is_kept else words
            if is_kept and words != told:
                shown[f"{name}_words"] = words
            if known := names.known(table, name, row[name]):
                page = address_of(known[0], known[1].id)
                shown[f"{name}_called"] = known[1].name
            if page:
                shown[f"{name}_page"] = page
        answer.append(shown)
    return answer


def _in_words(value: object, lang: Language) -> object:
    """Commands, kinds of papers and places that only the books have by what they are called, several values as one
    line; everything else as it is."""
    if isinstance(value, dict) or (isinstance(value, list) and any(isinstance(each, dict) for each in value)):
        return in_one_line(value, lang)
    return of_the_books(value, lang) if isinstance(value, str) and value.startswith("~") else by_its_name(value, lang)


def _counted(table: Table, actor: Actor, asked: Question) -> int:
    """How many rows there are, and one more than ``MOST_COUNTED`` where there are more than that."""
    return table.rows_for(actor).filter(asked.chosen).order_by().values("pk")[: MOST_COUNTED + 1].count()


def _with_links(table: Table, actor: Actor, asked: Question) -> Question:
    """The columns that were asked for, and the ids and versions that a click or a change needs."""
    names = {each.name for each in asked.columns}
    further = {"id", "version", *(f"{name}_id" for name in names)} - names
    return replace(asked, columns=(*asked.columns, *(c for n, c in table.seen_by(actor).items() if n in further)))

"""What sheets from elsewhere call our columns, and what stands in their cells: 货号, 外购, ＰＣ－１. It is read here as
where a whole factory is brought in."""

from functools import cache

from huoku.factory.brought.captions import said_by
from huoku.factory.brought.synonyms import OWN, SYNONYMS
from huoku.factory.contract import plain
from huoku.factory.inputs import TABLES

OURS = {("items", "item"): "code"}
"""Columns of the contract that a table of the server calls otherwise."""
WIDE = {0xFEE0 + ord(each): each for each in "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_./#+"}
"""Signs of codes as an input method writes them; brackets and commas of Chinese are left as they are."""


def heading(table: str, text: str) -> str:
    """The column that a heading means; "" where it means none."""
    known = _headings(table)
    return next((known[said] for said in said_by(text) if said in known), "")


def choice(table: str, column: str, text: str) -> str:
    """The value that a word means in a column of choices; the word itself where it means none."""
    return _choices(table).get((column, plain(text)), text)


def narrow(code: str) -> str:
    """A code in letters and digits of the usual width."""
    return code.translate(WIDE)


@cache
def _headings(table: str) -> dict[str, str]:
    found: dict[str, str] = {}
    contract = {each.name: (each.name, each.zh) for each in TABLES[table].columns} if table in TABLES else {}
    for column in (*contract, *SYNONYMS.get(table, {})):
        for word in (*contract.get(column, ()), *SYNONYMS.get(table, {}).get(column, ())):
            if word != OWN:
                found.setdefault(plain(word), OURS.get((table, column), column))
    return found


@cache
def _choices(table: str) -> dict[tuple[str, str], str]:
    columns = TABLES[table].columns if table in TABLES else ()
    return {
        (column.name, plain(word)): choice.name
        for column in columns
        for choice in column.choices
        for word in (choice.name, *choice.zh)
    }

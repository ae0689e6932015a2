"""Cells as people write them: 12天, 2周, 100个, ¥3.50/pcs. Where it is plain what is meant, the number is taken; every
other text stays as it is, and is told when it is read."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from huoku.factory.brought.parts import Part, Remark
from huoku.factory.brought.synonyms import MINE
from huoku.factory.cells import BadCell, number
from huoku.factory.inputs import TABLES
from huoku.language import Sentence

READ = Sentence(
    "“{head}”里有 {number} 格写了单位，按数字读，例如“{example}”读成 {value}",
    "{number} {number|cell|cells} of “{head}” with a unit, read as a number, such as “{example}” as {value}",
)
DAYS = {"天": 1, "日": 1, "d": 1, "day": 1, "days": 1, "周": 7, "星期": 7, "w": 7, "week": 7, "weeks": 7}
"""Calendar days, as tables of days hold them. Working days and months are not so many days for certain."""
PIECES = frozenset(
    ("个", "件", "只", "支", "片", "台", "套", "块", "张", "根", "条", "粒", "颗", "枚", "pcs", "pc", "ea")
)
SIGNS = {"CNY": ("¥", "元", "rmb", "cny"), "USD": ("$", "usd"), "EUR": ("€", "eur"), "JPY": ("¥", "円", "jpy")}
_COUNTED = re.compile(r"(?P<number>[+-]?[\d.,]*\d)\s*(?P<word>[^\d\s.,+-][^\d/]*)")
_PRICED = re.compile(
    r"(?P<before>[^\d\s.+-]*)\s*(?P<number>[+-]?[\d.,]*\d)\s*(?P<after>[^\d/]*?)\s*(?:/\s*(?P<per>\D+))?"
)
TERMS = {"buy_days": "days", "buy_moq": "number", "buy_multiple": "number", "buy_price": "money"}
"""Of what kind the terms are that lists of items hold."""


def without_units(parts: Sequence[Part], currency: str) -> list[Part]:
    """The parts with numbers alone where people wrote a unit that is certain: days, the item's own unit, the money that
    everything is in."""
    units = {
        item: unit.casefold()
        for part in parts
        if part.table == "items"
        for item, unit in zip(part.columns.get("item", ()), part.columns.get("unit", ()), strict=False)
    }
    return [_bare(part, units, SIGNS.get(currency, (currency.casefold(),))) for part in parts]


def _bare(part: Part, units: Mapping[str, str], signs: Sequence[str]) -> Part:
    kinds = {column.name: column.kind for column in TABLES[part.table].columns} | TERMS
    items = part.columns.get("item", part.columns.get("component", ()))
    columns, remarks = dict(part.columns), list(part.remarks)
    for name, cells in part.columns.items():
        readers: dict[str, Callable[[str, str], str]] = {
            "days": lambda text, unit: _days(text),
            "number": _counted,
            "money": lambda text, unit: _priced(text, unit, signs),
        }
        read = readers.get(kinds.get(name, ""))
        if read is None or (name not in part.heads and name not in MINE.get(part.table, ())):
            continue
        told = [
            read(text, units.get(items[row] if row < len(items) else "", "pcs") or "pcs") if _is_odd(text) else text
            for row, text in enumerate(cells)
        ]
        changed = [row for row, text in enumerate(cells) if told[row] != text]
        if changed:
            example = {"example": cells[changed[0]], "value": told[changed[0]]}
            head = part.heads.get(name, name)
            remarks.append(Remark(READ, {"head": head, "number": len(changed), **example}))
            columns[name] = told
    return replace(part, columns=columns, remarks=tuple(remarks))


def _is_odd(text: str) -> bool:
    return bool(text) and not text.replace(".", "", 1).isdecimal()


def _days(text: str) -> str:
    found = _COUNTED.fullmatch(_plain(text))
    days = DAYS.get(found["word"].strip()) if found else None
    return _times(found["number"], days, text) if found and days else text


def _counted(text: str, unit: str) -> str:
    found = _COUNTED.fullmatch(_plain(text))
    return _times(found["number"], 1, text) if found and _is_unit(found["word"], unit) else text


def _priced(text: str, unit: str, signs: Sequence[str]) -> str:
    found = _PRICED.fullmatch(_plain(text))
    if not found:
        return text
    said = [word for word in (found["before"].strip(), found["after"].strip()) if word]
    if any(word not in signs for word in said) or (found["per"] and not _is_unit(found["per"], unit)):
        return text
    return _times(found["number"], 1, text) if said or found["per"] else text


def _is_unit(word: str, unit: str) -> bool:
    """Whether a word is the item's own unit. Pieces are called by many words."""
    word = word.strip()
    return word == unit or (word in PIECES and unit in PIECES)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _times(digits: str, by: int, text: str) -> str:
    """The number in plain digits; the text itself where it is none."""
    try:
        value: Decimal = number(digits) * by
    except BadCell:
        return text
    return f"{value:f}"

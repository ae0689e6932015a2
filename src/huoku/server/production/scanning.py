"""What a code says that was scanned or typed in front of a shelf: our own label, one by GS1, or a bare code.

Bare: ``A-03-12``. Our own: ``HK1|item|lot|quantity|box``.
GS1 element strings: (10) lot, (21) serial number, (240) the item's code; a scanner may drop the sign that ends a field
of variable length, so a text without it is taken as it stands and never guessed at.
"""

import re
from dataclasses import dataclass
from typing import Literal

OWN = "HK1|"
SYMBOLOGY = re.compile(r"^\][A-Za-z]\d")
FIELD_ENDS = "\x1d"
FIXED = {"01": 14, "02": 14, "11": 6, "13": 6, "15": 6, "17": 6, "20": 2}
"""Digits of GS1 fields of fixed length, by identifier."""
ITEM, LOTS = "240", ("10", "21")
VARIABLE = (ITEM, *LOTS, "241", "30", "37", "400")


@dataclass(frozen=True, slots=True)
class Scanned:
    """``code``: what may be a place, an item, a lot or a number, where nothing says which."""

    code: str = ""
    item: str = ""
    lot: str = ""
    box: str = ""
    """What keeps this box apart from all others, where it is one of ours."""


Meaning = Literal["place", "item", "lot", "other"]


def read_scan(text: str) -> Scanned:
    """What a scanner sent, or somebody typed."""
    text = text.strip()
    is_named = SYMBOLOGY.match(text)  # the scanner says which kind of code it read
    text = SYMBOLOGY.sub("", text)
    if text.startswith(OWN):
        parts = [part.replace("%7C", "|").replace("%25", "%") for part in text.removeprefix(OWN).split("|")]
        item, lot, _, box, *_ = [*parts, "", "", ""]
        return Scanned(item=item, lot=lot, box=box)
    if (is_named or FIELD_ENDS in text) and (fields := _gs1(text)):
        return Scanned(item=fields.get(ITEM, ""), lot=next((fields[each] for each in LOTS if each in fields), ""))
    return Scanned(code=text)


def _gs1(text: str) -> dict[str, str]:
    """The fields of an element string, by identifier; nothing where one of them is not known."""
    fields: dict[str, str] = {}
    rest = text.lstrip(FIELD_ENDS)
    while rest:
        if size := FIXED.get(rest[:2]):
            fields[rest[:2]], rest = rest[2 : 2 + size], rest[2 + size :]
        elif name := next((each for each in VARIABLE if rest.startswith(each)), ""):
            fields[name], _, rest = rest.removeprefix(name).partition(FIELD_ENDS)
        else:
            return {}
        rest = rest.lstrip(FIELD_ENDS)
    return fields


def means(scan: Scanned, *, place: str, item: str, lots: tuple[str, ...]) -> Meaning:
    """What it is to somebody who is to take ``item``, of one of ``lots``, from ``place``."""
    if scan.code:
        if scan.code == place:
            return "place"
        if scan.code == item:
            return "item"
        return "lot" if scan.code in lots else "other"
    if scan.item not in ("", item) or not (scan.item or scan.lot):
        return "other"
    if scan.lot:
        return "lot" if scan.lot in lots else "other"
    return "item"

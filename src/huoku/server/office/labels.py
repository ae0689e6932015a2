"""Labels to be stuck to things: what stands on each, and the sheets that they are printed on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import segno

from huoku.language import Language, Sentence
from huoku.server.office.words import label as called
from huoku.server.platform.tables.table import Label

MARK = "HK1"
MOST = 2_000
"""Labels of one print at most."""


@dataclass(frozen=True, slots=True)
class Size:
    """A size of labels. ``a_sheet``: so many on one sheet; 1 on a roll, where each label is a page."""

    name: str
    words: Sentence
    a_sheet: int = 1


SIZES = {
    size.name: size
    for size in (
        Size("40x30", Sentence("40 × 30 毫米", "40 × 30 mm")),
        Size("60x40", Sentence("60 × 40 毫米", "60 × 40 mm")),
        Size("a4", Sentence("A4 纸，3 × 8 枚（70 × 37 毫米）", "A4 sheet, 3 × 8 (70 × 37 mm)"), a_sheet=24),
    )
}


@dataclass(frozen=True, slots=True)
class Printed:
    """One label: what is large, what is below it by heading, and the picture of its code with its text."""

    title: str
    lines: tuple[tuple[str, str], ...]
    code: str
    text: str


def printed(
    about: Label,
    row: Mapping[str, Any],
    lang: Language,
    address: str,
    copies: int = 1,
    quantity: Decimal | None = None,
) -> Iterator[Printed]:
    """The labels of one row, numbered where there are several of them.

    ``quantity`` is what lies in one box, of goods; ``address`` is where the row's page is.
    """
    known = [(called(name, lang), str(row[name])) for name in about.lines if row.get(name) not in (None, "")]
    of_box: list[tuple[str, str]] = []
    if quantity is not None and about.item:
        of_box = [(called("qty", lang), f"{quantity:f} {row.get('unit') or ''}".strip())]
    for number in range(1, copies + 1):
        which = [(called("box", lang), f"{number} / {copies}")] if copies > 1 else []
        lines = [*of_box, *which, *known]
        text = goods_code(about, row, quantity, number) if about.item else address
        picture = segno.make(text, error="m").svg_data_uri(scale=4, border=1)
        yield Printed(str(row.get(about.title) or f"#{row['id']}"), tuple(lines), picture, text)


def goods_code(about: Label, row: Mapping[str, Any], quantity: Decimal | None, number: int) -> str:
    """What the code of goods says: ``HK1|item|lot|quantity|box``.

    The box, which keeps two of them apart, is the id of the row that it was printed from and its number. A bar in a
    code is written as %7C, a percent sign as %25.
    """
    parts = (row.get(about.item), row.get(about.lot) if about.lot else "", "" if quantity is None else f"{quantity:f}")
    told = (str(part or "").replace("%", "%25").replace("|", "%7C") for part in parts)
    return "|".join((MARK, *told, f"{row['id']}-{number}"))


def sheets(labels: Iterable[Printed], size: Size, start: int = 1) -> list[list[Printed | None]]:
    """The labels page by page. ``start``: the first free place of a sheet that was used in part."""
    places: Sequence[Printed | None] = [*([None] * (start - 1 if size.a_sheet > 1 else 0)), *labels]
    return [list(places[at : at + size.a_sheet]) for at in range(0, len(places), size.a_sheet)]

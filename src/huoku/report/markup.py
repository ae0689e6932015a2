"""HTML and SVG as text that is escaped unless it was made here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal


class Html(str):
    """Markup that may be written as it is. Everything else is text and gets escaped."""

    __slots__ = ()


def el(name: str, /, *inner: object, **attributes: object) -> Html:
    """``<name attributes>inner</name>``. ``cls`` is class, ``_`` becomes ``-``; None is left out."""
    told = "".join(
        f' {_attribute(key)}="{escape(str(value))}"' for key, value in attributes.items() if value is not None
    )
    return Html(f"<{name}{told}>{join(inner)}</{name}>")


def void(name: str, /, **attributes: object) -> Html:
    """An element without an end, such as ``<line/>``."""
    return Html(f"{el(name, **attributes).removesuffix(f'></{name}>')}/>")


def join(parts: Iterable[object]) -> Html:
    """Parts one after the other; None is left out, lists are opened."""
    return Html("".join(_safe(part) for part in parts if part is not None))


def _safe(part: object) -> str:
    if isinstance(part, Html):
        return part
    if isinstance(part, list | tuple):
        return join(part)
    return escape(str(part), quote=False)


def _attribute(key: str) -> str:
    return {"cls": "class", "viewBox": "viewBox"}.get(key, key.rstrip("_").replace("_", "-"))


Kind = Literal["name", "text", "number", "wide", "spare"]
"""What a column holds. On a phone a row becomes a card: names and wide text need no label, spare ones are left out."""

CLASSES: dict[Kind, str] = {"number": "n", "wide": "tx", "spare": "opt"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a grid."""

    title: str
    kind: Kind = "text"

    @property
    def cls(self) -> str | None:
        return CLASSES.get(self.kind)

    @property
    def label(self) -> str | None:
        return None if self.kind in ("name", "wide") else self.title


def row(columns: Sequence[Column], cells: Sequence[object], cls: str | None = None) -> Html:
    """One row of a grid."""
    drawn = [el("td", cell, cls=column.cls, data_k=column.label) for column, cell in zip(columns, cells, strict=True)]
    return el("tr", drawn, cls=cls)


def wide_row(columns: Sequence[Column], inner: object, cls: str) -> Html:
    """A row with one cell over all columns: the head of a group, or a remark."""
    return el("tr", el("td", inner, colspan=len(columns)), cls=cls)


def grid(columns: Sequence[Column], rows: Iterable[Html]) -> Html:
    """A table of figures."""
    head = el("tr", [el("th", column.title, cls=column.cls, scope="col") for column in columns])
    return el("div", el("table", el("thead", head), el("tbody", list(rows)), cls="grid"), cls="gw")


def sums(rows: Sequence[tuple[str, str]], total: tuple[str, str], remark: str | None = None) -> Html:
    """Rows that add up to the total below them."""
    lines = [el("tr", el("td", label), el("td", figure)) for label, figure in rows]
    last = el("tr", el("td", total[0]), el("td", total[1]), cls="t")
    return join([el("table", lines, last, cls="sum"), el("p", remark, cls="sm mut") if remark else None])

"""Terms that a list of items holds: minimum, pack size, days, price and supplier, as rows of the table of sources.

Kingdee and U8 keep them with the item, mostly in fields of the factory's own.
"""

from collections.abc import Sequence
from dataclasses import replace

from huoku.factory.brought.parts import Part, Remark
from huoku.factory.cells import BadCell, number
from huoku.language import Sentence

NOBODY = "~"
"""Whose terms are that name no supplier."""
COLUMNS = {"buy_moq": "moq", "buy_multiple": "multiple", "buy_days": "lead_time_days", "buy_price": "price"}
SAYS_SOMETHING = ("buy_moq", "buy_multiple", "buy_price")

TERMS_MADE = Sentence(
    "{number} 种外购料的起订量、包装量、供应商等读成货源",
    "the terms of {number} bought {number|item|items} are read as sources",
)
TERMS_THERE = Sentence(
    "起订量等以货源表为准，这里的没有读", "minimums and the like are taken from the table of sources, not from here"
)


def with_terms(parts: Sequence[Part]) -> list[Part]:
    """The parts, and of each list of items that holds terms a part of sources beside it."""
    has_sources = any(part.table == "sources" for part in parts)
    made: list[Part] = []
    for part in parts:
        bare = _bare(part)
        terms = None if has_sources else _terms(part)
        if terms:
            told = Remark(TERMS_MADE, {"number": len(terms.numbers)})
            made += [replace(bare, remarks=(*bare.remarks, told)), terms]
        elif has_sources and any(name in part.columns for name in SAYS_SOMETHING):
            made.append(replace(bare, remarks=(*bare.remarks, Remark(TERMS_THERE))))
        else:
            made.append(bare)
    return made


def _bare(part: Part) -> Part:
    """Without the columns of terms; days of buying are the item's where it says no others."""
    if part.table != "items":
        return part
    columns = {name: cells for name, cells in part.columns.items() if not name.startswith("buy_")}
    heads = dict(part.heads)
    if "buy_days" in part.columns and "lead_time_days" not in columns:
        columns["lead_time_days"] = part.columns["buy_days"]
        heads["lead_time_days"] = part.heads["buy_days"]
    if "buy_price" in part.columns and "unit_cost" not in columns:
        columns["unit_cost"] = part.columns["buy_price"]
        heads["unit_cost"] = part.heads["buy_price"]
    at = {**part.at, **{name: part.at[source] for name, source in _taken(part, columns).items()}}
    return replace(part, columns=columns, heads=heads, at=at)


def _taken(part: Part, columns: dict[str, Sequence[str]]) -> dict[str, str]:
    pairs = {"lead_time_days": "buy_days", "unit_cost": "buy_price"}
    return {name: source for name, source in pairs.items() if name in columns and name not in part.columns}


def _terms(part: Part) -> Part | None:
    if part.table != "items" or not any(name in part.columns for name in ("buy_from", *SAYS_SOMETHING)):
        return None
    nothing = [""] * len(part.numbers)
    kinds = part.columns.get("kind", nothing)
    says = [part.columns.get(name, nothing) for name in SAYS_SOMETHING]
    suppliers = part.columns.get("buy_from", nothing)
    rows = [
        row
        for row in range(len(part.numbers))
        if kinds[row] in ("", "buy") and (suppliers[row] or any(_is_more(cells[row]) for cells in says))
    ]
    if not rows:
        return None
    columns = {
        "item": [part.columns["item"][row] for row in rows],
        "supplier": [suppliers[row] or NOBODY for row in rows],
        **{
            ours: [part.columns[theirs][row] for row in rows]
            for theirs, ours in COLUMNS.items()
            if theirs in part.columns
        },
    }
    days = columns.get("lead_time_days") or [part.columns.get("lead_time_days", nothing)[row] for row in rows]
    columns["lead_time_days"] = [text or "0" for text in days]
    theirs = {ours: theirs for theirs, ours in COLUMNS.items()} | {"item": "item", "supplier": "buy_from"}
    heads = {name: part.heads[theirs[name]] for name in columns if theirs.get(name) in part.heads}
    at = {name: part.at[theirs[name]] for name in heads}
    numbers = [part.numbers[row] for row in rows]
    return Part(part.file, part.sheet, "sources", heads, at, columns, numbers, head_row=part.head_row)


def _is_more(text: str) -> bool:
    """Whether it says more than nothing; what is no number is told when it is read."""
    try:
        return bool(text) and number(text) > 0
    except BadCell:
        return True

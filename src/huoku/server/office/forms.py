"""Papers that leave the house: who writes to whom, what the other side has to know, and where it signs.

A room above says in ``FORMS`` which tables have one; what is printed of others is what their page tells.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.http import Http404

from huoku.language import Sentence
from huoku.report.in_words import amount_in_chinese
from huoku.server.look.speaking import language
from huoku.server.office.cells import Cell, cells_of
from huoku.server.office.names import names_of
from huoku.server.office.values import figures_of, grouped
from huoku.server.office.words import heading
from huoku.server.platform.actor import Actor
from huoku.server.platform.exact import minor_digits
from huoku.server.platform.tables.asking import question
from huoku.server.platform.tables.showing import one
from huoku.server.platform.tables.table import TABLES, Table
from huoku.traditional import traditional

MOST_LINES = 1_000
LINE_AMOUNT = Sentence("金额", "Amount")


@dataclass(frozen=True, slots=True)
class Party:
    """The other side: its name, and below it whom and where."""

    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """``party``: who gets it, for an actor and the values of the row; ``facts`` and ``columns``: of the row and of its
    lines; ``is_priced``: a line comes to its quantity times its price, and the paper to their sum."""

    title: Sentence
    role: Sentence
    party: Callable[[Actor, Mapping[str, Any]], Party]
    facts: tuple[str, ...]
    columns: tuple[str, ...]
    signs: tuple[Sentence, ...]
    is_priced: bool = False


FORMS: dict[str, Form] = {}
"""By table. Filled when the apps are loaded."""


def form_facts(actor: Actor, table: Table, form: Form, pk: Any) -> dict[str, Any]:
    """What the template ``office/form_paper.html`` prints. Raises Http404."""
    lang = language()
    found = one(table, actor, pk, question(table, actor, {"expand": "lines"}), MOST_LINES)
    if found is None:
        raise Http404
    row, lines = found[0], found[0].pop("expanded", {}).get("lines") or []
    of = TABLES[table.expands["lines"].table]
    seen = of.seen_by(actor)
    columns = [(name, heading(name, lang, of.name)) for name in form.columns if _says(name, seen, lines)]
    names = names_of(actor, lang, (table, [row]), (of, lines))
    is_priced = form.is_priced and "price" in seen and any(line["price"] is not None for line in lines)
    amounts = [_amount(line, str(row["currency"])) for line in lines] if is_priced else []
    facts = [(name, heading(name, lang, table.name)) for name in form.facts if row.get(name) not in (None, "", 0)]
    return {
        "form": form,
        "number": row["number"],
        "party": form.party(actor, row),
        "facts": cells_of(actor, table, facts, row, lang, names),
        "columns": [(words, name in figures_of(of)) for name, words in columns],
        "rows": _rows(actor, of, columns, lines, amounts, names),
        "note": row.get("note") or "",
        "amount_words": LINE_AMOUNT,
        **(_total(amounts, str(row["currency"]), lang) if is_priced else {}),
    }


def _says(name: str, seen: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> bool:
    return name in seen and any(line[name] not in (None, "", "0") for line in lines)


def _rows(
    actor: Actor,
    of: Table,
    columns: Sequence[tuple[str, str]],
    lines: Sequence[Mapping[str, Any]],
    amounts: Sequence[Decimal],
    names: Any,
) -> list[tuple[list[Cell], str]]:
    told = [cells_of(actor, of, columns, line, language(), names) for line in lines]
    return [(cells, grouped(f"{amounts[place]:f}") if amounts else "") for place, cells in enumerate(told)]


def _amount(line: Mapping[str, Any], currency: str) -> Decimal:
    """Half of the smallest amount rounded up, as the order's own sum is; with the fee, where there is one."""
    exact = Decimal(line["qty"]) * Decimal(line["price"] or 0)
    return exact.quantize(Decimal(1).scaleb(-minor_digits(currency)), ROUND_HALF_UP) + Decimal(
        line.get("order_fee") or 0
    )


def _total(amounts: Sequence[Decimal], currency: str, lang: str) -> dict[str, Any]:
    total = sum(amounts, Decimal(0))
    written = amount_in_chinese(total) if lang != "en" and currency in ("CNY", "RMB") else ""
    told = traditional(written) if lang == "zh-hant" else written
    return {"total": grouped(f"{total:f}"), "currency": currency, "written": told}

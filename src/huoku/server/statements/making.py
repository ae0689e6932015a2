"""From entries to a statement: its lines and sums."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from huoku.language import Sentence
from huoku.server.documents.course import go
from huoku.server.documents.numbers import next_numbers
from huoku.server.partners.models import Customer, Supplier
from huoku.server.platform.command import At
from huoku.server.platform.kept import answer, facts, must_be_new, opened, rows_for
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import Opened
from huoku.server.purchasing.models import PurchaseOrder
from huoku.server.sales.models import SalesOrder
from huoku.server.statements.entries import Entries, Entry, month_of
from huoku.server.statements.models import Statement, StatementLine
from huoku.server.statements.states import DRAFT

Kind = StatementLine.Kind
MOVED = (Kind.SHIPPED, Kind.RECEIVED)


class StillToCome(Refused):
    code = "still_to_come"
    words = Sentence("{value} 还没到，不能对账。", "{value} is still to come; there is nothing to agree on yet.")


@dataclass(frozen=True, slots=True)
class Side:
    """With whom a statement is made: its tables, and how its entries are found."""

    model: type[Statement]
    lines: type[StatementLine]
    partners: type[Customer] | type[Supplier]
    orders: type[SalesOrder] | type[PurchaseOrder]
    partner: str
    """The column that names the customer or the supplier."""
    paper: str
    """The column of a line that names the shipment or the receipt."""
    prefix: str
    entries: Entries


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement to be made."""

    partner: Customer | Supplier
    currency: str
    entries: Sequence[Entry]


def made(at: At, side: Side, partner: Customer | Supplier, first: date, currency: str) -> dict[str, object]:
    """A new draft. Raises StillToCome, Taken where there is one already."""
    _must_have_begun(at, first)
    key: dict[str, Any] = {side.partner: partner, "month": first, "currency": currency}
    must_be_new(at, side.model, "month", f"{partner.code} {first:%Y-%m} {currency}", **key)
    (statement,) = _add(at, side, first, [Draft(partner, currency, _entries(at, side, partner.pk, first, currency))])
    return {**answer(statement), "number": statement.number}


def made_for_all(at: At, side: Side, first: date) -> list[str]:
    """A draft for each partner and currency that has something to tell and no statement of the month yet; their
    numbers. Raises StillToCome."""
    _must_have_begun(at, first)
    by = (f"{side.partner}_id", "currency")
    there = set(rows_for(at.actor, side.model).filter(month=first).values_list(*by))
    wanted = set(rows_for(at.actor, side.orders).values_list(*by)) - there
    partners = rows_for(at.actor, side.partners).in_bulk([partner for partner, _ in wanted])
    found = side.entries(at.actor.company, list(partners), month_of(at.actor.company, first))
    drafts = [
        Draft(partners[pk], currency, found[pk, currency]) for pk, currency in wanted if found.get((pk, currency))
    ]
    drafts.sort(key=lambda each: (each.partner.code, each.currency))
    return [statement.number for statement in _add(at, side, first, drafts)]


def _must_have_begun(at: At, first: date) -> None:
    if first > at.today:
        raise StillToCome(field="month", value=f"{first:%Y-%m}")


def _entries(at: At, side: Side, partner: int, first: date, currency: str) -> Sequence[Entry]:
    company = at.actor.company
    return side.entries(company, [partner], month_of(company, first)).get((partner, currency), ())


def _add(at: At, side: Side, first: date, drafts: Sequence[Draft]) -> list[Statement]:
    if not drafts:
        return []
    numbers = next_numbers(at, side.model._meta.label_lower, side.prefix, len(drafts))
    statements = [
        side.model(
            company_id=at.company_id,
            number=number,
            state=DRAFT,
            month=first,
            currency=each.currency,
            made_at=at.now,
            made_by=at.actor.user,
            **{side.partner: each.partner},
            **sums(each.entries, each.currency),
        )
        for number, each in zip(numbers, drafts, strict=True)
    ]
    side.model.objects.bulk_create(statements, batch_size=500)
    for statement in statements:
        at.changed(statement, {}, facts(statement))
        at.tell(f"{statement._meta.model_name}_added", statement)
    _write(at, side, {statement: each.entries for statement, each in zip(statements, drafts, strict=True)})
    return statements


def remade(at: At, side: Side, statement: Statement) -> dict[str, Any]:
    """The lines as the papers are now, instead of those that it had; and what they come to."""
    side.lines.objects.of(at.company_id).filter(**{"statement": statement}).delete()
    partner = getattr(statement, f"{side.partner}_id")
    entries = _entries(at, side, partner, statement.month, statement.currency)
    _write(at, side, {statement: entries})
    return sums(entries, statement.currency)


def step(at: At, side: Side, request: Opened, command: str, **values: str) -> dict[str, object]:
    """Take a step with the statement that a request names. Raises NotFound, Stale, NotFromHere."""
    return go(at, opened(at, side.model, request.id, request.version), command, **values)


def sums(entries: Sequence[Entry], currency: str) -> dict[str, int]:
    """The columns of a statement that follow from its lines."""
    total: dict[StatementLine.Kind, int] = defaultdict(int)
    for entry in entries:
        total[entry.kind] += entry.amount_minor(currency) or 0
    moved = sum(total[kind] for kind in MOVED)
    return {
        "ordered_minor": total[Kind.ORDERED],
        "moved_minor": moved,
        "returned_minor": total[Kind.RETURNED],
        "due_minor": moved - total[Kind.RETURNED],
        "open_minor": total[Kind.OPEN],
        "unpriced": sum(entry.price_millionths is None for entry in entries),
    }


def _write(at: At, side: Side, entries_of: Mapping[Statement, Sequence[Entry]]) -> None:
    rows = [
        side.lines(
            company_id=at.company_id,
            seq=seq,
            kind=entry.kind,
            on=entry.on,
            item_id=entry.item,
            qty_steps=entry.steps,
            price_millionths=entry.price_millionths,
            amount_minor=entry.amount_minor(statement.currency),
            **{"statement": statement, "order_id": entry.order, f"{side.paper}_id": entry.paper},
        )
        for statement, entries in entries_of.items()
        for seq, entry in enumerate(entries, start=1)
    ]
    side.lines.objects.bulk_create(rows, batch_size=500)
    for statement, entries in entries_of.items():
        at.changed(statement, {}, {"lines": len(entries)})

"""Deciding on proposals: those that are accepted become documents, pegged to their demands."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated

from django.db import models
from pydantic import Field

from huoku.language import Sentence
from huoku.server.documents.places import place_of_kind
from huoku.server.documents.tasks import drop_tasks_of
from huoku.server.documents.wanting import still_wanted
from huoku.server.ledger.commands.reservations import Reserve, Wish, reserve
from huoku.server.ledger.models import Location, SupplyBalance
from huoku.server.partners.models import Supplier, SupplierOffer
from huoku.server.planning.accepting import wait_for_the_plan
from huoku.server.planning.agreeing import agreed, offer_for
from huoku.server.planning.commands.carrying import carry
from huoku.server.planning.files import pegs_of
from huoku.server.planning.models import Proposal, ProposalPeg
from huoku.server.planning.rights import DECIDE
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Positive, minor_digits, whole
from huoku.server.platform.kept import Unknown, facts, named, nouns, rows_for
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import Asked, Code, DueDay, Id, Words
from huoku.server.production.commands.orders import PlanWorkOrder, plan_many
from huoku.server.production.laying import Promise
from huoku.server.purchasing.commands.drafting import AddPurchaseOrder, add_order
from huoku.server.purchasing.commands.lines import NewLine
from huoku.server.purchasing.models import PurchaseLine

State, Kind = Proposal.State, Proposal.Kind
AT_ONCE = 2_000


class NotOpen(Refused):
    code, status, is_kept = "not_open", 409, False
    words = Sentence("建议 {value} 已经处理过。", "Proposal {value} is decided already.")


class GivenTwice(Refused):
    code = "given_twice"
    words = Sentence("建议 {value} 给了两次。", "Proposal {value} is given twice.")


class SupplierNeeded(Refused):
    code = "supplier_needed"
    words = Sentence("{item} 没有货源，请先选供应商。", "{item} has no source; choose a supplier first.")


class Accepted(Asked):
    """A proposal as it is accepted; what is given differs from what was proposed."""

    id: Id
    qty: Positive | None = None
    due_on: DueDay | None = None
    supplier: Code | None = None
    offer: Annotated[Id | None, Field(description="A written offer that it takes, with its supplier and price.")] = None
    reason: Annotated[Words, Field(description="Why so, in a line; kept with the decision.")] = ""


class AcceptProposals(Asked):
    proposals: Annotated[list[Accepted], Field(min_length=1, max_length=AT_ONCE)]


def _excess(at: At, request: AcceptProposals) -> int:
    """The money that lies in what nobody needs of these purchases, at the prices that were proposed: what is risked."""
    wanted = {each.id: each for each in request.proposals}
    rows = rows_for(at.actor, Proposal).filter(pk__in=list(wanted), kind=Kind.BUY).select_related("item")
    minor, risked = 10.0 ** minor_digits(at.actor.company.currency), 0.0
    named = SupplierOffer.objects.of(at.company_id).in_bulk([each.offer for each in request.proposals if each.offer])
    for row in rows:
        asked, offer = wanted[row.pk].qty, named.get(wanted[row.pk].offer or 0)
        step = 10**row.item.decimals
        bought = row.qty_steps / step if asked is None else float(asked)
        price = offer.price_millionths if offer else row.price_millionths or 0
        risked += max(0.0, bought - row.needed_steps / step) * price / 10**6
    return round(risked * minor)


@command(right=DECIDE, amount=_excess)
def accept_proposals(at: At, request: AcceptProposals) -> dict[str, object]:
    """All become documents, or none: one draft for each supplier and site, one work order each, one transfer for each
    way and day; kept for the demands that they are for. Where more money than one's limit would lie in what nobody
    needs, a second person decides.

    Raises Unknown, GivenTwice, NotOpen, SupplierNeeded, OfferEnded, NotWholeSteps, and what the documents refuse.
    """
    wait_for_the_plan(at)
    rows = _opened(at, [each.id for each in request.proposals])
    offers: dict[int, SupplierOffer] = {}
    for place, (row, wanted) in enumerate(zip(rows, request.proposals, strict=True)):
        _changed(at, row, wanted)
        if wanted.offer is not None:
            offers[row.pk] = offer_for(at, row, wanted.offer, place)
            row.supplier = offers[row.pk].supplier
    pegs = _pegs(at, rows)
    orders = _buy(at, [row for row in rows if row.kind == Kind.BUY], pegs, offers)
    made = _make(at, [row for row in rows if row.kind == Kind.MAKE], pegs)
    carried = carry(at, [row for row in rows if row.kind == Kind.TRANSFER], pegs)
    _decided(at, rows, State.ACCEPTED, [each.reason for each in request.proposals])
    return {"purchase_orders": orders, "work_orders": made, "transfers": carried}


class RejectProposals(Asked):
    proposals: Annotated[list[Id], Field(min_length=1, max_length=AT_ONCE)]
    reason: Annotated[Words, Field(min_length=1)]


@command(right=DECIDE)
def reject_proposals(at: At, request: RejectProposals) -> dict[str, object]:
    """Not wanted, and why; the same is not proposed again. Raises Unknown, GivenTwice, NotOpen."""
    rows = _opened(at, request.proposals)
    _decided(at, rows, State.REJECTED, [request.reason] * len(rows))
    return {"rejected": len(rows)}


def _opened(at: At, ids: Sequence[int]) -> list[Proposal]:
    """The proposals, locked, in the order asked for. Raises GivenTwice, Unknown, NotOpen."""
    seen: set[int] = set()
    for place, pk in enumerate(ids):
        if pk in seen:
            raise GivenTwice(row=place, field="id", value=pk)
        seen.add(pk)
    found = {
        row.pk: row
        for row in rows_for(at.actor, Proposal)
        .select_for_update(of=("self",))
        .select_related("item", "supplier", "site", "from_site", "run")
        .filter(pk__in=list(ids))
        .order_by("pk")
    }
    for place, pk in enumerate(ids):
        if pk not in found and Proposal.objects.ever(at.company_id).filter(pk=pk, left_by__isnull=False).exists():
            raise NotOpen(row=place, field="id", value=pk)  # a plan that has just ended proposes it no more
        if pk not in found:
            raise Unknown(row=place, field="id", value=pk, **nouns(Proposal))
        if found[pk].state != State.OPEN:
            raise NotOpen(row=place, field="id", value=pk)
    return [found[pk] for pk in ids]


def _changed(at: At, row: Proposal, wanted: Accepted) -> None:
    """Take over what the planner decided otherwise than proposed."""
    before = facts(row)
    if wanted.qty is not None:
        row.qty_steps = whole(wanted.qty, row.item.decimals, "qty")
    if wanted.due_on is not None:
        row.start_on += wanted.due_on - row.due_on
        row.due_on = wanted.due_on
    if wanted.supplier is not None:
        row.supplier = named(at, Supplier, "supplier", wanted.supplier)
    at.changed(row, before, facts(row))


def _pegs(at: At, rows: Sequence[Proposal]) -> dict[int, list[ProposalPeg]]:
    """Who is meant by each proposal, the largest share first, as rows from now on. Until somebody accepts one, that
    stands in the files of its run alone: millions of shares are no rows. Whoever has ended since is left out."""
    by_name = {(row.run_id, row.order): row for row in rows}
    pegs: list[ProposalPeg] = []
    for run in {row.run_id: row.run for row in rows}.values():
        orders = [order for of_run, order in by_name if of_run == run.pk]
        for order, demand, steps, need_on in pegs_of(run, orders).iter_rows():
            row = by_name[run.pk, order]
            pegs.append(
                ProposalPeg(company_id=at.company_id, proposal=row, demand=demand, qty_steps=steps, need_on=need_on)
            )
    wanted = still_wanted(at.company_id, {peg.demand for peg in pegs})
    found: dict[int, list[ProposalPeg]] = defaultdict(list)
    for peg in ProposalPeg.objects.bulk_create([peg for peg in pegs if peg.demand in wanted], batch_size=500):
        found[peg.proposal_id].append(peg)
    return found


def _buy(
    at: At,
    rows: Sequence[Proposal],
    pegs: Mapping[int, list[ProposalPeg]],
    offers: Mapping[int, SupplierOffer],
) -> list[str]:
    """A draft for each supplier and site. What it brings is kept for the demands once the order is approved."""
    papers: dict[tuple[str, int | None], list[Proposal]] = defaultdict(list)
    for row in rows:
        if row.supplier is None:
            raise SupplierNeeded(field="supplier", item=row.item.code)
        papers[row.supplier.code, row.site_id].append(row)
    numbers = []
    for (supplier, site), group in sorted(papers.items(), key=lambda each: (each[0][0], each[0][1] or 0)):
        place = place_of_kind(at, Location.Kind.STORAGE, site)
        lines = [
            NewLine(
                item=row.item.code,
                qty=Decimal(row.qty_steps).scaleb(-row.item.decimals),
                wanted_on=row.due_on,
                demand=pegs[row.pk][0].demand if len(pegs[row.pk]) == 1 else "",
                **agreed(at, row, offers.get(row.pk)),
            )
            for row in group
        ]
        location = Location.objects.of(at.company_id).get(pk=place).code
        order = add_order(at, AddPurchaseOrder(supplier=supplier, location=location, lines=lines))
        made = PurchaseLine.objects.of(at.company_id).filter(order=order["id"]).order_by("seq")
        for row, line in zip(group, made, strict=True):
            row.document = f"purchasing.line:{line.pk}"
        numbers.append(str(order["number"]))
    return numbers


def _make(at: At, rows: Sequence[Proposal], pegs: Mapping[int, Sequence[ProposalPeg]]) -> list[str]:
    """A work order each, whose output is kept for its demands, the largest first, as far as it goes."""
    if not rows:
        return []
    sites = {row.site_id for row in rows}
    targets = {site: place_of_kind(at, Location.Kind.STORAGE, site) for site in sites}
    at_work = {site: place_of_kind(at, Location.Kind.WORK_IN_PROGRESS, site) for site in sites}
    places = Location.objects.of(at.company_id).in_bulk({*targets.values(), *at_work.values()})
    wanted = [
        PlanWorkOrder(
            item=row.item.code,
            qty=Decimal(row.qty_steps).scaleb(-row.item.decimals),
            start_on=row.start_on,
            due_on=row.due_on,
            site=row.site.code if row.site else None,
            target=places[targets[row.site_id]].code,
            work_in_progress=places[at_work[row.site_id]].code,
            demand=pegs[row.pk][0].demand if pegs[row.pk] else "",
        )
        for row in rows
    ]
    orders = plan_many(at, wanted, [_promises(row, pegs[row.pk]) for row in rows])
    for row, order in zip(rows, orders, strict=True):
        row.document = order.ledger_name
    meant = ProposalPeg.objects.of(at.company_id).filter(proposal__in=[row.pk for row in rows])
    meant.update(is_kept=True)
    return [order.number for order in orders]


def _promises(row: Proposal, pegs: Sequence[ProposalPeg]) -> list[Promise]:
    left, found = row.qty_steps, []
    for peg in pegs:
        if steps := min(left, peg.qty_steps):
            found.append(Promise(peg.demand, steps, peg.need_on))
            left -= steps
    return found


def keep_supply(at: At, supply: str, pegs: Sequence[ProposalPeg], left: int) -> int:
    """Keep a supply for the demands of ``pegs``, in their order, as far as ``left`` goes; how much was kept."""
    row = SupplyBalance.objects.of(at.company_id).filter(supply=supply).first()
    if row is None:
        return 0
    kept = 0
    for peg in pegs:
        if quantity := min(peg.qty_steps, left - kept):
            wish = Wish(item=row.item_id, location=row.location_id, quantity=quantity, supply=row.pk)
            reserve(at, Reserve(lines=[wish], demand=peg.demand, need_on=peg.need_on))
            kept += quantity
    return kept


def _decided(at: At, rows: Sequence[Proposal], state: Proposal.State, reasons: Sequence[str]) -> None:
    """``reasons``: of each row."""
    for row, reason in zip(rows, reasons, strict=True):
        row.state, row.reason, row.decided_at, row.decided_by = state, reason, at.now, at.actor.user
        row.version += 1
        at.changed(row, {"state": State.OPEN}, {"state": state, "document": row.document, "reason": reason})
    if state == State.REJECTED:
        drop_tasks_of(at, Proposal, {"row__in": [row.pk for row in rows]})
    these = Proposal.objects.of(at.company_id).filter(pk__in=[row.pk for row in rows])
    these.update(state=state, decided_at=at.now, decided_by=at.actor.user, version=models.F("version") + 1)
    for reason in sorted({each for each in reasons if each}):
        these.filter(pk__in=[row.pk for row in rows if row.reason == reason]).update(reason=reason)
    if state == State.ACCEPTED:
        columns = ["document", "qty_steps", "start_on", "due_on", "supplier"]
        Proposal.objects.of(at.company_id).bulk_update(rows, columns, batch_size=200)

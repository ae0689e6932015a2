"""What a shortage waits for: a request, a line of an order to a supplier, a transfer, a work order; and how that
stands."""

from dataclasses import dataclass
from datetime import date

from huoku.language import LANGUAGES, Sentence
from huoku.server.documents.course import course_of
from huoku.server.documents.document import Document
from huoku.server.platform.command import At
from huoku.server.platform.exact import plain
from huoku.server.production.models import WorkOrder
from huoku.server.purchasing.models import PurchaseLine, PurchaseRequest
from huoku.server.purchasing.models.orders import COUNTED_ON
from huoku.server.shortages.models import ShortageCase
from huoku.server.shortages.names import ORDER, PURCHASE_LINE, REQUEST, TRANSFER_LINE, number_in
from huoku.server.warehouse.models import TransferLine
from huoku.server.warehouse.models.transfers import COUNTED_ON as ON_ITS_WAY


@dataclass(frozen=True, slots=True)
class Awaited:
    """``supplies``: what of it the ledger knows, by name. ``words``: how it stands."""

    document: str
    words: Sentence
    on: date | None
    supplies: tuple[str, ...] = ()
    is_off: bool = False
    """It has ended without bringing anything."""

    @property
    def stands(self) -> dict[str, str]:
        """As the case keeps it."""
        return {f"supply_state_{lang}": self.words.template(lang)[:80] for lang in LANGUAGES}


def awaited(at: At, case: ShortageCase) -> Awaited | None:
    """What was made by the way that was chosen last."""
    if (id := number_in(case.document, REQUEST)) is not None:
        return _request(at, id)
    if (id := number_in(case.document, PURCHASE_LINE)) is not None:
        lines = PurchaseLine.objects.of(at.company_id).filter(pk=id)
        return _line(at, lines.select_related("order", "item").first())
    if (id := number_in(case.document, TRANSFER_LINE)) is not None:
        carried = TransferLine.objects.of(at.company_id).filter(pk=id)
        return _transfer(carried.select_related("transfer", "item").first())
    if (id := number_in(case.document, ORDER)) is not None and id != case.order_id:
        return _order(at, WorkOrder.objects.of(at.company_id).filter(pk=id).first())
    return None


def _request(at: At, id: int) -> Awaited | None:
    lines = PurchaseLine.objects.of(at.company_id).filter(request=id).exclude(order__state="cancelled")
    if line := _line(at, lines.select_related("order", "item").order_by("pk").last()):
        return line
    request = PurchaseRequest.objects.of(at.company_id).filter(pk=id).first()
    if request is None:
        return None
    return Awaited(f"{REQUEST}{id}", _words(request), None, is_off=request.state in ("rejected", "withdrawn"))


def _line(at: At, line: PurchaseLine | None) -> Awaited | None:
    if line is None:
        return None
    came, due = plain(line.received_steps, line.item.decimals), plain(line.due_steps, line.item.decimals)
    name = f"{PURCHASE_LINE}{line.pk}"
    words = _words(line.order, f"{came}/{due}, {line.expected_on}")
    is_counted_on = line.order.state in COUNTED_ON
    return Awaited(name, words, line.expected_on if is_counted_on else None, (name,), line.order.state == "cancelled")


def _transfer(line: TransferLine | None) -> Awaited | None:
    if line is None:
        return None
    paper = line.transfer
    came, due = plain(line.received_steps, line.item.decimals), plain(line.qty_steps, line.item.decimals)
    words = _words(paper, f"{came}/{due}, {paper.expected_on}")
    day = paper.expected_on if paper.state in ON_ITS_WAY else None
    return Awaited(line.ledger_name, words, day, (line.ledger_name,), paper.state == "cancelled")


def _order(at: At, order: WorkOrder | None) -> Awaited | None:
    if order is None:
        return None
    return Awaited(
        order.ledger_name,
        _words(order, str(order.due_on)),
        order.due_on,
        (order.ledger_name,),
        order.state == "cancelled",
    )


def _words(paper: Document, more: str = "") -> Sentence:
    """A paper with its state: ``PO-2026-00001: 供应商已确认, 0/90, 2026-12-05``."""
    state = course_of(type(paper)).states[paper.state]
    rest = f", {more}" if more else ""
    return Sentence(f"{paper.number}: {state.zh}{rest}", f"{paper.number}: {state.en}{rest}")

"""The lines of a transfer, and when it has come to its end by itself."""

from collections.abc import Sequence

from huoku.server.platform.command import At
from huoku.server.platform.kept import Unknown, nouns
from huoku.server.warehouse.models import Transfer, TransferLine, TransferPart
from huoku.server.warehouse.refusals import LotToBeNamed


def lines_of(at: At, transfer: Transfer) -> list[TransferLine]:
    """The lines of a transfer, in order; whoever changes one has locked the transfer."""
    rows = TransferLine.objects.of(at.company_id).filter(transfer=transfer).select_related("item").order_by("seq")
    lines = list(rows)
    for line in lines:
        line.transfer = transfer
    return lines


def line_in(lines: Sequence[TransferLine], id: int, row: int) -> TransferLine:
    """The line with this id. Raises Unknown where the transfer has no such line."""
    found = next((line for line in lines if line.pk == id), None)
    if found is None:
        raise Unknown(row=row, field="line", value=id, **nouns(TransferLine))
    return found


def parts_of(at: At, line: TransferLine, lot: str | None) -> list[TransferPart]:
    """What of a line is under way, in the lot where one is named; what left first, first."""
    rows = TransferPart.objects.of(at.company_id).filter(line=line).select_related("lot").order_by("pk")
    return [row for row in rows if row.under_way_steps and lot in (None, row.lot.code)]


def must_be_of_one_lot(line: TransferLine, parts: Sequence[TransferPart], steps: int, row: int) -> None:
    """Raises LotToBeNamed where less than all of several lots is meant."""
    is_all = steps >= sum(part.under_way_steps for part in parts)
    if not is_all and len({part.lot_id for part in parts}) > 1:
        raise LotToBeNamed(row=row, field="lot", seq=line.seq)


def pieces(line: TransferLine, steps: int) -> list[int]:
    """Of serial numbers one movement a piece, else one for all."""
    if line.item.tracking == line.item.Tracking.SERIAL:
        return [1] * steps
    return [steps] if steps else []


def state_after(lines: Sequence[TransferLine]) -> str:
    """Where all has been sent and nothing is under way any more, a transfer is closed."""
    return "under_way" if any(line.open_steps for line in lines) else "closed"

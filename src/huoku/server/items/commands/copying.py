"""A bill of material from another one: for a new product, with some components exchanged or left out."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Annotated

from pydantic import Field

from huoku.language import Sentence
from huoku.server.items.commands.boms import AddBom, BomFields, Line, Revision, add_bom
from huoku.server.items.models import Bom, BomLine, Item
from huoku.server.items.rights import EDIT
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import LARGEST, Ratio
from huoku.server.platform.kept import opened
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import Asked, Code, Opened


class NotInBill(Refused):
    code = "not_in_bill"
    words = Sentence("这张清单里没有 {value}。", "{value} is not in this bill.")


class NothingLeft(Refused):
    code = "nothing_left"
    words = Sentence("去掉这些以后，清单就空了。", "Without these nothing would be left of the bill.")


class TooFine(Refused):
    code = "too_fine"
    words = Sentence("{value} 这个用量太细，请直接建清单。", "{value} is too fine a quantity; enter the bill by hand.")


class Exchange(Asked):
    component: Code
    substitute: Code | None = Field(default=None, description="Left out where empty.")
    ratio: Ratio = Field(default="1", description="Units of the new one for one unit of the old.")


class CopyBom(BomFields, Opened):
    parent: Code = Field(description="The product that the copy is for; the same one with another revision, too.")
    revision: Revision
    exchanges: Annotated[list[Exchange], Field(max_length=1_000)] = []


@command(right=EDIT)
def copy_bom(at: At, request: CopyBom) -> dict[str, object]:
    """A revision like this one: the same quantities, scrap, phantoms and operations.

    Raises NotFound, Stale, NotInBill, NothingLeft, TooFine, and what adding a bill raises.
    """
    lines = exchanged(at, opened(at, Bom, request.id, request.version), request.exchanges)
    known = {"parent": request.parent, "revision": request.revision, "lines": lines}
    dated = request.model_dump(include={"valid_from", "valid_to", "note"})
    told: dict[str, object] = add_bom(at, AddBom.model_validate({**known, **dated}))
    return told


def exchanged(at: At, bom: Bom, exchanges: Sequence[Exchange]) -> list[Line]:
    """The lines of a bill with components exchanged or left out. Raises NotInBill, NothingLeft, TooFine."""
    rows = list(BomLine.objects.of(at.company_id).filter(bom=bom).select_related("component").order_by("seq"))
    there = {row.component.code for row in rows}
    for place, each in enumerate(exchanges):
        if each.component not in there:
            raise NotInBill(row=place, field="exchanges", value=each.component)
    by_code = {each.component: each for each in exchanges}
    codes = there | {each.substitute for each in exchanges if each.substitute}
    digits = dict(Item.objects.of(at.company_id).filter(code__in=codes).values_list("code", "decimals"))
    lines = [line for row in rows if (line := _line(row, by_code.get(row.component.code), digits))]
    if not lines:
        raise NothingLeft(field="exchanges")
    return lines


def _line(row: BomLine, exchange: Exchange | None, digits: Mapping[str, int]) -> Line | None:
    """A line of the copy, or none where it is left out. What is lost at the start of a lot is lost of the new one too,
    in whole steps of it."""
    by = exchange.substitute if exchange else row.component.code
    if by is None:
        return None
    ratio = Fraction(exchange.ratio if exchange else 1)
    qty = ratio * Fraction(row.qty_numerator, row.qty_denominator)
    if max(qty.numerator, qty.denominator) >= LARGEST:
        raise TooFine(field="exchanges", value=str(qty))
    lost = ratio * Fraction(row.fixed_scrap_steps, 10**row.component.decimals)
    steps = digits.get(by, 0)  # an unknown one is refused when the bill is added
    return Line(
        component=by,
        qty=str(qty),
        scrap_rate=Decimal(row.scrap_rate_millionths).scaleb(-6),
        fixed_scrap=Decimal(ceil(lost * 10**steps)).scaleb(-steps),
        is_phantom=row.is_phantom,
        operation=row.operation,
    )

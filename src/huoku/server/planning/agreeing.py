"""What is ordered on a supplier's written offer: the offer that holds, and what it fixes of a line."""

from decimal import Decimal
from typing import Any

from huoku.language import Sentence
from huoku.server.partners.models import SupplierOffer
from huoku.server.planning.models import Proposal
from huoku.server.platform.command import At
from huoku.server.platform.exact import minor_digits, plain
from huoku.server.platform.kept import Unknown, nouns
from huoku.server.platform.refusals import Refused


class OfferEnded(Refused):
    code, status = "offer_ended", 409
    words = Sentence(
        "报价 {value} 只到 {day} 有效，请供应商重新报价，或改有效期。",
        "The offer {value} was valid until {day}: ask for a new one, or change its day.",
    )


def offer_for(at: At, row: Proposal, pk: int, place: int) -> SupplierOffer:
    """The offer, where it is one for this item and still holds. Raises Unknown, OfferEnded."""
    theirs = SupplierOffer.objects.of(at.company_id).filter(pk=pk, item=row.item_id).select_related("supplier")
    offer = theirs.first()
    if offer is None:
        raise Unknown(row=place, field="offer", value=pk, **nouns(SupplierOffer))
    if offer.valid_until and offer.valid_until < at.today:
        raise OfferEnded(row=place, field="offer", value=offer.number, day=offer.valid_until.isoformat())
    return offer


def agreed(at: At, row: Proposal, offer: SupplierOffer | None) -> dict[str, Any]:
    """Of a line the price and the fee of a written offer, and which offer it is."""
    if offer is None:
        return {}
    minor = minor_digits(at.actor.company.currency)
    of = f" ({plain(row.qty_steps, row.item.decimals)} / {plain(offer.qty_steps, row.item.decimals)} {row.item.unit})"
    return {
        "price": Decimal(offer.price_millionths).scaleb(-6),
        "order_fee": Decimal(offer.fee_minor).scaleb(-minor),
        "note": f"{offer.noun.zh} {offer.noun.en}: {offer.number}{of if offer.kind == offer.Kind.CALLS else ''}",
    }

"""Written offers beside the other ways to buy: those that hold, as options that a plan can weigh."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from huoku.language import Language
from huoku.plan.buying import Line
from huoku.plan.buying.entered import BY_OFFER
from huoku.server.partners.models import Source, SupplierOffer
from huoku.server.planning.models import Proposal
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.platform.exact import minor_digits

MILLION = 10**6
OPTIONS: Mapping[str, str] = {SupplierOffer.Kind.SMALL_LOT: "small_lots", SupplierOffer.Kind.CALLS: "contracts"}
"""By kind of offer the kind of option as it is entered."""
LINES: Mapping[str, str] = {SupplierOffer.Kind.SMALL_LOT: "small_lot", SupplierOffer.Kind.CALLS: "split_delivery"}
"""By kind of offer what it is called among the options that were weighed."""


@dataclass(frozen=True, slots=True)
class Offers:
    """What suppliers of one item have offered on a day, and the terms that they have anyway."""

    rows: tuple[SupplierOffer, ...]
    sources: tuple[Source, ...]
    currency: str
    lang: Language

    def possible(self) -> dict[str, list[dict[str, Any]]]:
        """The offers as ``Plan.options`` takes them."""
        minor, found = 10 ** minor_digits(self.currency), defaultdict[str, list[dict[str, Any]]](list)
        for row in self.rows:
            found[OPTIONS[row.kind]].append(_terms(row, minor) | {"supplier": self._named(row)})
        return dict(found)

    def of(self, line: Line) -> SupplierOffer | None:
        """The offer that an option is; None where it is none."""
        return next((row for row in self.rows if LINES[row.kind] == line.kind and self._named(row) == line.whom), None)

    def terms_of(self, supplier: str) -> Source | None:
        """Those that this supplier had last."""
        return next((each for each in reversed(self.sources) if each.supplier.code == supplier), None)

    def _named(self, row: SupplierOffer) -> str:
        return BY_OFFER.say(self.lang, supplier=row.supplier.name or row.supplier.code, offer=row.number)


def offers_of(actor: Actor, proposal: Proposal, lang: Language) -> Offers:
    """Of the proposal's item, those that hold today, in the order of filing."""
    today = business_day(actor.company, page_time())
    rows = SupplierOffer.objects.of(actor.company).filter(item=proposal.item_id, supplier__is_active=True)
    holds = rows.filter(Q(valid_until=None) | Q(valid_until__gte=today)).select_related("supplier", "item")
    sources = Source.objects.of(actor.company).filter(item=proposal.item_id).select_related("supplier")
    by_age = sources.order_by("valid_from", "pk")
    return Offers(tuple(holds.order_by("pk")), tuple(by_age), actor.company.currency, lang)


def _terms(row: SupplierOffer, minor: int) -> dict[str, Any]:
    step = 10**row.item.decimals
    price, fee, cancel = row.price_millionths / MILLION, row.fee_minor / minor, row.cancel_fee_millionths / MILLION
    if row.kind == SupplierOffer.Kind.SMALL_LOT:
        return {"price": price, "fee": fee, "least": row.qty_steps / step, "days": row.lead_time_days}
    terms = {"qty": row.qty_steps / step, "price": price, "call_fee": fee, "cancel_fee": cancel}
    return {**terms, "call": (row.call_steps or 1) / step, "days": row.lead_time_days}

"""Buying what is missing by the green channel."""

from collections.abc import Iterator

from huoku.language import Sentence
from huoku.server.partners.models import Supplier
from huoku.server.platform.days import days_after
from huoku.server.platform.exact import minor_digits
from huoku.server.purchasing.commands.requests import AddPurchaseRequest, add_request
from huoku.server.purchasing.pricing import Terms, terms_of
from huoku.server.shortages.impact import worth
from huoku.server.shortages.models import Way
from huoku.server.shortages.names import REQUEST
from huoku.server.shortages.ways.look import Doing, Found, Look, Outcome, said, site_code, units

WORDS = Sentence("绿色通道：向 {supplier} 急采 {quantity}。", "Green channel: buy {quantity} from {supplier}.")
REASON = Sentence("缺料 {case}，工单 {number}", "shortage {case}, work order {number}")


def from_suppliers(look: Look) -> Iterator[Found]:
    """Each source on its terms: the fee, and what it is dearer than the item's cost."""
    at = look.at
    company = at.actor.company
    terms = terms_of(company.pk, [look.item.pk], at.today, company.currency).get(look.item.pk, [])
    suppliers = Supplier.objects.of(company).in_bulk([each.supplier_id for each in terms])
    for each in terms:
        lot = each.at_least(look.missing)
        values: dict[str, object] = {
            "supplier": suppliers[each.supplier_id].code,
            "quantity": said(look.item, look.missing),
        }
        yield Found(
            Way.Kind.BUY,
            look.item,
            look.missing,
            look.missing,
            days_after(at.today, each.lead_time_days),
            WORDS,
            values,
            {"supplier": suppliers[each.supplier_id].code},
            spend=_spend(look, each, lot),
            excess=lot - look.missing,
            fixed=int(each.fee) if each.currency == company.currency else 0,
        )


def _spend(look: Look, terms: Terms, lot: int) -> int | None:
    """None in another currency, or without a price."""
    home, price = look.at.actor.company.currency, terms.price(lot)
    if terms.currency != home or price is None:
        return None
    digits = look.item.decimals + 6 - minor_digits(home)
    return int(terms.fee + price * look.missing // 10**digits - worth(look.at, look.item, look.missing))


def ask_for_it(doing: Doing) -> Outcome:
    """An urgent request for the order's need: buyers are told at once."""
    look, way = doing.look, doing.way
    asked = AddPurchaseRequest(
        item=look.item.code,
        qty=units(look.item, way.qty_steps),
        need_on=look.need_on,
        reason=doing.reason or REASON.say("zh", case=look.case.number, number=look.order.number),
        demand=look.order.ledger_name,
        is_urgent=True,
        supplier=way.facts["supplier"],
        site=site_code(look),
    )
    told = add_request(look.at, asked)
    return Outcome(f"{REQUEST}{told['id']}", way.ready_on)

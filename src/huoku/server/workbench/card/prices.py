"""Who sells an item on which terms, and what one of it costs by how many are ordered."""

from collections.abc import Sequence
from datetime import date

from huoku.language import Language
from huoku.report.drawing import Picture
from huoku.report.price_chart import Offer, draw_prices
from huoku.server.items.models import Item
from huoku.server.look.speaking import named
from huoku.server.platform.actor import Actor
from huoku.server.workbench.terms import Terms, terms_of_item


def prices_of(actor: Actor, item: Item, today: date, lang: Language) -> tuple[Sequence[Terms], Picture | None]:
    """The terms, those that hold first; and a picture of the prices of those in the company's currency, where there
    is anything to compare: several suppliers, or a price that falls."""
    terms = terms_of_item(actor, item, today)
    drawn = [
        Offer(named(each.source.supplier, lang) or each.source.supplier.code, _steps(each))
        for each in terms
        if each.standing == "holds" and each.price is not None and each.source.currency == actor.company.currency
    ]
    is_told = len(drawn) > 1 or any(len(offer.steps) > 1 for offer in drawn)
    if not is_told:
        return terms, None
    return terms, draw_prices(item.code, item.unit, drawn, actor.company.currency, lang)


def _steps(terms: Terms) -> tuple[tuple[float, float], ...]:
    assert terms.price is not None
    first = terms.moq or 1.0
    breaks = [(each.qty, each.price) for each in terms.breaks if each.qty > first]
    at_once = [each.price for each in terms.breaks if each.qty <= first]
    return ((first, at_once[-1] if at_once else terms.price), *breaks)

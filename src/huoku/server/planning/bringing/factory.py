"""A whole factory into an empty company: all of it, or nothing."""

import hashlib
from collections.abc import Callable

from django.db import transaction

from huoku.factory import Factory
from huoku.factory.stage import Bearing
from huoku.language import Sentence
from huoku.server.items.models import Item
from huoku.server.partners.commands.partners import add_customer
from huoku.server.planning.bringing import masters, trade
from huoku.server.planning.bringing.hands import Hands
from huoku.server.planning.bringing.transfers import bring_transfers
from huoku.server.planning.bringing.work import needs_of_open_papers
from huoku.server.planning.commands.masters import set_planning
from huoku.server.planning.reading.past import NO_CUSTOMER
from huoku.server.planning.rights import BRING_IN
from huoku.server.platform.actor import Actor
from huoku.server.platform.refusals import Refused
from huoku.server.platform.scope import entered


class NotEmpty(Refused):
    code, status = "not_empty", 409
    words = Sentence(
        "公司 {value} 里已经有物料，整厂导入只用于空的公司。",
        "Company {value} has items already; a whole factory is brought into an empty company only.",
    )


def bring_in(actor: Actor, factory: Factory, tell: Callable[[int, str], None] = lambda count, table: None) -> int:
    """Fill the actor's company, which has no items yet, by commands under his name; returns how many it took.

    One transaction: a row that is refused leaves the company as empty as it was. ``tell`` hears after each command how
    many there were, and of which table. Raises NotAllowed, NotEmpty, DataError, Refused.
    """
    actor.must(BRING_IN)
    with transaction.atomic(), entered(actor.company):
        if Item.objects.of(actor.company).exists():
            raise NotEmpty(field="company", value=actor.company.code)
        mark = hashlib.sha256(repr(factory).encode()).hexdigest()[:12]
        hands = Hands(actor, factory, f"bring:{mark}", tell=tell)
        _bring(hands)
        return hands.count


def _bring(hands: Hands) -> None:
    masters.bring_places(hands)
    masters.bring_items(hands)
    masters.bring_boms(hands)
    masters.bring_substitutes(hands)
    masters.bring_partners(hands)
    if any(row["customer"] is None for row in hands.rows("demands")):
        hands.do(add_customer, code=NO_CUSTOMER, name="")
    masters.bring_sources(hands)
    masters.bring_routings(hands)
    settings = hands.factory.settings
    hands.do(
        set_planning,
        **{
            name: getattr(settings, name)
            for name in (
                *("horizon_days", "partial_shipments", "frozen_days", "change_days", "substitute_mixing"),
                *("future_use", "company_stage"),
            )
        },
        **{
            name: format(getattr(settings, name), ".6f")
            for name in ("holding_rate", "salvage_rate", "late_rate", "change_rate")
        },
        **{
            name: None if value is None else format(value, ".6f")
            for name, value in ((name, getattr(settings, name)) for name in Bearing._fields)
        },
        risk_limit=None if settings.risk_limit == float("inf") else format(settings.risk_limit, ".2f"),
    )
    rows = Item.objects.of(hands.actor.company).values_list("code", "pk", "decimals")
    item_ids = {code: (pk, decimals) for code, pk, decimals in rows}
    trade.bring_stock(hands, item_ids)
    needs = needs_of_open_papers(hands)
    named = trade.bring_supplies(hands, needs)
    trade.bring_fixed_work(hands)
    named |= trade.bring_demands(hands, needs)
    bring_transfers(hands, needs)
    trade.bring_reservations(hands, named, item_ids)
    trade.bring_ways(hands)
    trade.bring_past(hands)

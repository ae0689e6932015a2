"""The papers that customers and suppliers get: an order confirmed, an order given, a delivery note."""

from collections.abc import Mapping
from typing import Any

from huoku.language import Sentence
from huoku.server.look.speaking import language, named
from huoku.server.office.forms import FORMS, Form, Party
from huoku.server.partners.models import Customer, Partner, Supplier
from huoku.server.platform.actor import Actor
from huoku.server.platform.roles import FieldGroup
from huoku.server.sales.models import SalesOrder

BUYER, SELLER = Sentence("买方", "Buyer"), Sentence("供方", "Supplier")
RECEIVER = Sentence("收货单位", "Deliver to")
DATE = Sentence("日期", "Date")


def enter() -> None:
    FORMS["sales_orders"] = Form(
        Sentence("销售订单", "Sales order"),
        BUYER,
        _customer,
        ("made_at", "customer_reference", "confirmed_at", "currency", "site"),
        ("seq", "item", "qty", "unit", "price", "due_on", "promised_on", "note"),
        (Sentence("卖方（盖章）", "For the seller"), Sentence("买方确认（签字盖章）", "For the buyer"), DATE),
        is_priced=True,
    )
    FORMS["purchase_orders"] = Form(
        Sentence("采购订单", "Purchase order"),
        SELLER,
        _supplier,
        ("sent_on", "made_at", "location", "currency", "payment_days", "terms"),
        ("seq", "item", "qty", "unit", "price", "order_fee", "wanted_on", "note"),
        (
            Sentence("需方（盖章）", "For the buyer"),
            Sentence("供方确认（签字盖章）", "Confirmed by the supplier"),
            DATE,
        ),
        is_priced=True,
    )
    FORMS["shipments"] = Form(
        Sentence("送货单", "Delivery note"),
        RECEIVER,
        _receiver,
        ("shipped_on", "order", "customer_reference", "carrier", "tracking"),
        ("item", "name", "lot", "qty", "unit"),
        (Sentence("发货人", "Sent by"), Sentence("送货人", "Carrier"), Sentence("收货人（签收）", "Received by"), DATE),
    )


def _of(partner: Partner | None, *, is_reached: bool = True) -> Party:
    """``is_reached``: may its reader know whom to ask for there?"""
    if partner is None:
        return Party("")
    whom = " · ".join(each for each in (partner.contact, partner.phone) if each and is_reached)
    return Party(named(partner, language()) or partner.code, tuple(each for each in (partner.address, whom) if each))


def _customer(actor: Actor, row: Mapping[str, Any]) -> Party:
    if not actor.sees(FieldGroup.CUSTOMER_IDENTITY):
        return Party("")
    return _of(Customer.objects.of(actor.company).filter(pk=row["customer_id"]).first())


def _supplier(actor: Actor, row: Mapping[str, Any]) -> Party:
    supplier = Supplier.objects.of(actor.company).filter(pk=row["supplier_id"]).first()
    return _of(supplier, is_reached=actor.sees(FieldGroup.SUPPLIER_TERMS))


def _receiver(actor: Actor, row: Mapping[str, Any]) -> Party:
    order = SalesOrder.objects.of(actor.company).select_related("customer").filter(pk=row["order_id"]).first()
    return _of(order.customer) if order and actor.sees(FieldGroup.CUSTOMER_IDENTITY) else Party("")

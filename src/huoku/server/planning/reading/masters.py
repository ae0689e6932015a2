"""Items with their bills and routings, suppliers' terms, resources and calendars."""

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

from huoku.server.items.models import BomLine, CalendarDay, Item, Operation, Resource, Substitute
from huoku.server.partners.models import PriceBreak, Source, SupplierDay
from huoku.server.planning.reading.columns import MAIN, Columns, columns, decimal, millionths, place
from huoku.server.platform.exact import minor_digits

RATIO_DIGITS = 6
"""Digits after the point of quantities per parent in the factory folder."""


def items(company_id: int, currency: str) -> Columns:
    """Items that are in use."""
    rows = Item.objects.of(company_id).filter(is_active=True).order_by("code")
    names = (
        *(
            "item",
            "name",
            "name_en",
            "unit",
            "kind",
            "lead_time_days",
            "unit_cost",
            "price",
            "setup_cost",
            "safety_stock",
        ),
        *("lot_min", "lot_multiple", "lot_max", "shelf_life_days", "decimals", "lifecycle", "volume", "attributes"),
    )
    return columns(
        names,
        (
            (
                *(row.code, row.name, row.name_en or None, row.unit, row.kind or None, row.lead_time_days),
                *(millionths(row.unit_cost_millionths), millionths(row.price_millionths)),
                *(decimal(row.setup_cost_minor, minor_digits(currency)), decimal(row.safety_stock_steps, row.decimals)),
                *(decimal(row.lot_min_steps, row.decimals), decimal(row.lot_multiple_steps, row.decimals)),
                *(decimal(row.lot_max_steps, row.decimals), row.shelf_life_days, row.decimals, row.lifecycle),
                *(millionths(row.volume_millionths), json.dumps(row.attributes, ensure_ascii=False)),
            )
            for row in rows
        ),
    )


def bom(company_id: int) -> Columns:
    rows = (
        BomLine.objects.of(company_id)
        .filter(bom__parent__is_active=True)
        .order_by("bom__parent__code", "bom__valid_from", "seq")
        .select_related("bom__parent", "component")
    )
    return columns(
        ("parent", "component", "qty", "scrap_rate", "fixed_scrap", "valid_from", "valid_to", "operation"),
        (
            (
                *(row.bom.parent.code, row.component.code, _ratio(row.qty_numerator, row.qty_denominator)),
                *(millionths(row.scrap_rate_millionths), decimal(row.fixed_scrap_steps, row.component.decimals)),
                *(row.bom.valid_from, row.bom.valid_to, None if row.operation is None else str(row.operation)),
            )
            for row in rows
        ),
    )


def sources(company_id: int) -> Columns:
    rows = (
        Source.objects.of(company_id)
        .filter(item__is_active=True, supplier__is_active=True)
        .order_by("item__code", "supplier__code", "valid_from")
        .select_related("item", "supplier")
    )
    return columns(
        (
            *("item", "supplier", "moq", "multiple", "lead_time_days", "price", "order_fee", "min_order_value"),
            *("valid_from", "valid_to", "priority", "moq_reason"),
        ),
        (
            (
                *(row.item.code, row.supplier.code, decimal(row.moq_steps, row.item.decimals)),
                *(decimal(row.multiple_steps, row.item.decimals), row.lead_time_days),
                *(millionths(row.price_millionths), decimal(row.order_fee_minor, minor_digits(row.currency))),
                decimal(row.min_order_value_minor, minor_digits(row.currency)),
                *(row.valid_from, row.valid_to, row.priority, row.moq_reason or None),
            )
            for row in rows
        ),
    )


def price_breaks(company_id: int) -> Columns:
    rows = (
        PriceBreak.objects.of(company_id)
        .filter(source__item__is_active=True, source__supplier__is_active=True)
        .order_by("source__item__code", "source__supplier__code", "source__valid_from", "min_qty_steps")
        .select_related("source__item", "source__supplier")
    )
    found = {
        (row.source.item.code, row.source.supplier.code, row.min_qty_steps): (
            *(row.source.item.code, row.source.supplier.code),
            *(decimal(row.min_qty_steps, row.source.item.decimals), millionths(row.price_millionths)),
        )
        for row in rows
    }
    return columns(("item", "supplier", "min_qty", "price"), found.values())


def substitutes(company_id: int) -> Columns:
    rows = Substitute.objects.of(company_id).order_by("item__code", "priority", "substitute__code", "pk")
    return columns(
        ("item", "substitute", "ratio", "priority", "parent", "valid_from", "valid_to"),
        (
            (
                *(row.item.code, row.substitute.code, _ratio(row.ratio_numerator, row.ratio_denominator)),
                *(row.priority, row.parent.code if row.parent else None, row.valid_from, row.valid_to),
            )
            for row in rows.select_related("item", "substitute", "parent")
        ),
    )


def operations(company_id: int) -> Columns:
    rows = Operation.objects.of(company_id).filter(parent__is_active=True).order_by("parent__code", "seq")
    return columns(
        ("parent", "seq", "resource", "name", "setup_minutes", "run_minutes"),
        (
            (
                *(row.parent.code, row.seq, row.resource.code, row.name or None),
                *(millionths(row.setup_minutes_millionths), millionths(row.run_minutes_millionths)),
            )
            for row in rows.select_related("parent", "resource")
        ),
    )


def resources(company_id: int) -> Columns:
    rows = Resource.objects.of(company_id).order_by("code").select_related("site")
    return columns(
        ("resource", "name", "name_en", "minutes_per_day", "location", "cost_per_hour"),
        (
            (
                *(row.code, row.name or None, row.name_en or None, millionths(row.minutes_per_day_millionths)),
                *(place(row.site.code if row.site else MAIN), millionths(row.cost_per_hour_millionths)),
            )
            for row in rows
        ),
    )


def calendar(company_id: int) -> Columns:
    own = CalendarDay.objects.of(company_id).order_by("date", "resource__code").select_related("resource")
    theirs = SupplierDay.objects.of(company_id).order_by("date", "supplier__code").select_related("supplier")
    days: list[tuple[Any, ...]] = [
        (row.date, int(row.is_open), row.resource.code if row.resource else None, None) for row in own
    ]
    days += [(row.date, int(row.is_open), None, row.supplier.code) for row in theirs]
    return columns(("date", "open", "resource", "supplier"), days)


def _ratio(numerator: int, denominator: int) -> Decimal:
    """As a decimal with six digits, rounded up so that nothing is planned short."""
    exact = Fraction(numerator, denominator) * 10**RATIO_DIGITS
    return Decimal(-(-exact.numerator // exact.denominator)).scaleb(-RATIO_DIGITS)

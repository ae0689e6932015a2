"""The case of a changed factory, with as much of the old one as still holds."""

from dataclasses import fields

import numpy as np

from huoku.factory import Factory
from huoku.factory.inputs import TABLES
from huoku.plan.model.build import Case, build
from huoku.plan.model.claiming import claiming
from huoku.plan.model.lots import perishing_supplies, stock_lots
from huoku.plan.model.numbering import Numbering, all_places
from huoku.plan.model.open_work import OpenOrders, with_open_orders
from huoku.plan.model.receipts import Incoming, incoming

DAILY = ("demands", "stock", "supplies")
"""Tables that change all day, and in most factories nothing of the model but claims and receipts."""


def changed_tables(before: Factory, after: Factory) -> set[str]:
    """The names of the tables that differ."""
    return {
        name
        for name in TABLES
        if before.table(name) is not after.table(name) and not before.table(name).equals(after.table(name))
    }


def case_after(before: Case, factory: Factory) -> Case | None:
    """The case of ``factory``, its items numbered as in ``before``; None where they cannot be, so plan anew."""
    old = before.factory
    if old.settings != factory.settings:
        return None
    changed = changed_tables(old, factory)
    # Work that is fixed for an open order is a part of the shop.
    is_fixed = "supplies" in changed and not factory.fixed_work.is_empty()
    if (
        changed <= set(DAILY)
        and not is_fixed
        and not before.numbering.rows
        and all_places(factory) == before.numbering.locations
    ):
        come = (before.incoming, before.opened) if changed <= {"demands"} else _comes(factory, before)
        if come is not None:
            claims = claiming(factory, before.numbering, *come)
            return before._replace(factory=factory, incoming=come[0], opened=come[1], claiming=claims)
    case = build(factory)
    if not _numbered_alike(before, case):
        return None
    return case._replace(numbering=before.numbering) if _same(before.numbering, case.numbering) else case


def _comes(factory: Factory, before: Case) -> tuple[Incoming, OpenOrders] | None:
    """What comes now, and the open make orders as laid; None where parts of it have to become items of their own."""
    lots = stock_lots(factory)
    if lots.pieces or perishing_supplies(factory):
        return None
    come = incoming(factory, before.numbering, lots)
    return with_open_orders(factory, before.numbering, come, before.model.bom, before.model.shop)


def _numbered_alike(before: Case, after: Case) -> bool:
    """Do items, places, sources and machines stand in the same rows of both models?"""
    ours, theirs = before.numbering, after.numbering
    return (
        ours.rows == theirs.rows
        and ours.locations == theirs.locations
        and ours.items["item"].equals(theirs.items["item"])
        and np.array_equal(before.sources.item, after.sources.item)
        and before.sources.supplier.equals(after.sources.supplier)
        and np.array_equal(before.sources.origin, after.sources.origin)
        and np.array_equal(before.model.ways.target, after.model.ways.target)
        and np.array_equal(before.model.ways.first, after.model.ways.first)
        and before.workshop.names.equals(after.workshop.names)
    )


def _same(before: Numbering, after: Numbering) -> bool:
    """Is every figure of all items the same, in a factory where each row is an item?"""
    if before.rows or after.rows or not before.items.equals(after.items):
        return False
    columns = [(getattr(before, field.name), getattr(after, field.name)) for field in fields(Numbering)]
    return all(np.array_equal(ours, theirs) for ours, theirs in columns if isinstance(ours, np.ndarray))

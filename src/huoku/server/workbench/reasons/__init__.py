"""Reasons of the figures of these screens and of the papers of buying and selling, by what they are of."""

from huoku.server.workbench.reasons import (
    customers,
    items,
    options,
    orders,
    papers,
    pegging,
    places,
    purchase_views,
    purchases,
    resources,
    shortages,
    statements,
    stock,
    suppliers,
)

__all__ = [
    "customers",
    "items",
    "options",
    "orders",
    "papers",
    "pegging",
    "places",
    "purchase_views",
    "purchases",
    "resources",
    "shortages",
    "statements",
    "stock",
    "suppliers",
]

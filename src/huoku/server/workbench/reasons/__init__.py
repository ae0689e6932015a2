"""Reasons of the figures of these screens and of the papers of buying and selling, by what they are of."""

from huoku.server.workbench.reasons import (
    items,
    options,
    orders,
    papers,
    partners,
    pegging,
    places,
    purchases,
    resources,
    shortages,
    statements,
    stock,
)

__all__ = [
    "items",
    "options",
    "orders",
    "papers",
    "partners",
    "pegging",
    "places",
    "purchases",
    "resources",
    "shortages",
    "statements",
    "stock",
]

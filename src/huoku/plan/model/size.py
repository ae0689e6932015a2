"""How much there is to plan, and whether that is worth a compiler."""

from huoku.compiled import is_compiled
from huoku.factory import Factory

LARGE, VERY_LARGE = 40_000, 1_500_000
"""Work (see ``work``) from which on loading compiled kernels, or even compiling them first, saves time."""


def work(factory: Factory) -> int:
    """How much there is to plan, roughly: demands x BOM lines x offers and price breaks of an item."""
    offers = factory.sources.height + factory.price_breaks.height
    return factory.demands.height * (1 + factory.bom.height) * (1 + offers // max(1, factory.items.height))


def compiling_pays(factory: Factory) -> bool:
    """Is planning this factory with compiled kernels quicker, loading or compiling them included?"""
    return work(factory) >= LARGE and (is_compiled() or work(factory) >= VERY_LARGE)

"""Why a number is as it is: the story of an order, a demand, a supply or an item, as data."""

from huoku.plan.explain.explain import explain

__all__ = ["explain"]

"""What date can be promised for a quantity of an item? On a plan, without changing it."""

from huoku.plan.quote.accepting import Ahead, Pushed
from huoku.plan.quote.missing import Missing
from huoku.plan.quote.quote import Part, Quote

__all__ = ["Ahead", "Missing", "Part", "Pushed", "Quote"]

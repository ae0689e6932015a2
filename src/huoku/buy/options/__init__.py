"""The options of a need under a minimum order, side by side in money, leftover, odds, risk and date."""

from huoku.buy.options.break_even import BreakEven, break_even, reuse_needed
from huoku.buy.options.card import Card, card
from huoku.buy.options.case import Case, FutureUse, no_use, use_of_odds, use_of_quantiles
from huoku.buy.options.charge import Charge
from huoku.buy.options.choose import Comparison, JoinedPart, Possible, compare_options, options_of
from huoku.buy.options.later import Later
from huoku.buy.options.option import Option
from huoku.buy.options.redesign import Design
from huoku.buy.options.share import Partners
from huoku.buy.options.small_lot import SmallLot
from huoku.buy.options.split_delivery import Contract
from huoku.buy.options.substitute import StandIn
from huoku.buy.options.weigh import Weighed, weigh

__all__ = [
    "BreakEven",
    "Card",
    "Case",
    "Charge",
    "Comparison",
    "Contract",
    "Design",
    "FutureUse",
    "JoinedPart",
    "Later",
    "Option",
    "Partners",
    "Possible",
    "SmallLot",
    "StandIn",
    "Weighed",
    "break_even",
    "card",
    "compare_options",
    "no_use",
    "options_of",
    "reuse_needed",
    "use_of_odds",
    "use_of_quantiles",
    "weigh",
]

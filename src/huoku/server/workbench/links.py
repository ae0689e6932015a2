"""Where these pages stand in the menu."""

from huoku.language import Sentence
from huoku.server.office.menu import LINKS, Link
from huoku.server.planning.rights import DECIDE, READ


def enter() -> None:
    """Put the screens in front of the tables of their trade."""
    LINKS["purchasing"] = (Link(Sentence("采购建议", "What to buy"), "desk_buying", DECIDE, "shopping-cart"),)
    LINKS["sales"] = (Link(Sentence("订单齐套", "Order pegging"), "desk_pegging", READ, "sitemap"),)

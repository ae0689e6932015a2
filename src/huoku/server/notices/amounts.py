"""Amounts of money in words that leave the system: for those alone who see all money on their desk. What kind of amount
it is, a cost, a price, a supplier's terms, does not stand beside it."""

import re

from huoku.language import Language, Sentence
from huoku.report.numbers import SYMBOLS
from huoku.server.platform.roles import SEES, FieldGroup, Role

ALL_MONEY = SEES[FieldGroup.COST] & SEES[FieldGroup.SALES_PRICE] & SEES[FieldGroup.SUPPLIER_TERMS]
ON_THE_PAGE = Sentence("（金额见页面）", "(amount: see the page)")


def sees_amounts(roles: frozenset[Role], *, is_group: bool) -> bool:
    """A person by any of his roles; a group, which somebody of each role reads, by all of them."""
    return roles <= ALL_MONEY if is_group else bool(roles & ALL_MONEY)


def without_amounts(words: str, currency: str, lang: Language) -> str:
    """``words`` in which amounts of the company's money, or of any that has a sign, do not stand."""
    signs = "|".join(re.escape(each) for each in {*SYMBOLS.values(), f"{currency} "})
    return re.sub(rf"[-−]?(?:{signs})\s?\d[\d,.]*\d|[-−]?(?:{signs})\s?\d", ON_THE_PAGE.say(lang), words)

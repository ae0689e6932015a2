"""Plan in this very process, one factory after the other: right for every factory that fits into memory."""

from huoku.factory import Factory
from huoku.language import Language
from huoku.plan import Plan, plan


def run(factory: Factory, *, lang: Language = "en") -> Plan:
    """Plan ``factory``; its sentences are in ``lang``. Raises what ``huoku.plan.plan`` raises."""
    return plan(factory, lang=lang)

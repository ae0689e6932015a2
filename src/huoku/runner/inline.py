"""Plan in this very process, one factory after the other: right for every factory that fits into memory."""

from collections.abc import Callable

from huoku.factory import Factory
from huoku.language import Language
from huoku.plan import Plan, plan
from huoku.plan.decide.service import EFFORT


def run(
    factory: Factory,
    *,
    lang: Language = "en",
    effort: int = EFFORT,
    progress: Callable[[str], None] = lambda stage: None,
) -> Plan:
    """Plan ``factory``; its sentences are in ``lang``. Arguments and errors as of ``huoku.plan.plan``."""
    return plan(factory, lang=lang, effort=effort, progress=progress)

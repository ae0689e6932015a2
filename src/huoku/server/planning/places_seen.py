"""What of a plan is told to whoever works at some sites alone: a plan is that of the whole company."""

from collections.abc import Sequence

from huoku.language import Sentence
from huoku.server.planning.reading.columns import MAIN
from huoku.server.platform.actor import Actor
from huoku.server.platform.models import Site
from huoku.server.platform.once_a_page import remembered
from huoku.server.platform.refusals import Refused


class OfAllSites(Refused):
    code, status, is_kept = "of_all_sites", 403, False
    words = Sentence(
        "这里的数是全公司的，含您看不到的厂区；请找不限厂区的同事看。",
        "These figures are of the whole company, with sites that you do not see: ask somebody who sees all of them.",
    )


def must_see_all_sites(actor: Actor) -> None:
    """Raises OfAllSites."""
    if actor.sites is not None:
        raise OfAllSites()


def places_seen(actor: Actor) -> Sequence[str] | None:
    """What the plan calls the places whose figures the actor may know, the own sites first, then what belongs to no
    site; None: all."""
    sites = actor.sites
    if sites is None:
        return None
    asked = ("places seen", actor.company.pk, sites)
    codes = Site.objects.of(actor.company).filter(pk__in=sites).order_by("code").values_list("code", flat=True)
    return remembered(asked, lambda: [*codes, MAIN])

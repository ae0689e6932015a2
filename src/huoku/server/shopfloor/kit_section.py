"""Whether a work order's material is complete, and how many can be built now: on the page of the order."""

from huoku.server.documents.papers import papers
from huoku.server.look.speaking import language
from huoku.server.office.sections import Section
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.production.models import WorkOrder
from huoku.server.production.queries.kitting import kit_of
from huoku.server.production.rights import READ
from huoku.server.production.states import BEFORE_THE_END
from huoku.server.shopfloor.words import WORDS

MOST = 5
"""So many lacking components are named; the page of the kit has all."""


def kit_of_a_paper(actor: Actor, id: int) -> Section | None:
    """None of an order that has ended: nothing is fetched for it any more."""
    is_open = rows_for(actor, WorkOrder).filter(pk=id, state__in=BEFORE_THE_END).exists()
    kit = kit_of(actor, id) if is_open and actor.may(READ) else None
    if kit is None or not kit.lines:
        return None
    lacking = sorted((line for line in kit.lines if line.missing), key=lambda line: line.enough_for)
    lang = language()
    names = {each.name for line in lacking[:MOST] for each in (*line.arriving, *line.late)}
    told = {
        "kit": kit,
        "lacking": lacking[:MOST],
        "more": len(lacking) - MOST,
        "papers": papers(actor, names),
        "w": {name: words.template(lang) for name, words in WORDS.items()},
    }
    return Section("shopfloor/on_paper.html", told)

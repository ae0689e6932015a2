"""A new revision of a bill from a day on: the old one ends the day before. Alone, or in all bills of a component."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from huoku.language import Sentence
from huoku.server.items.commands.boms import AddBom, ChangeBom, Line, Revision, add_bom, change_bom
from huoku.server.items.commands.copying import Exchange, exchanged
from huoku.server.items.models import Bom
from huoku.server.items.revisions import next_revision
from huoku.server.items.rights import EDIT
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Ratio
from huoku.server.platform.kept import opened
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import Asked, Code, Opened, Words

MOST_BILLS = 900
"""So many at once; a form of Django holds a thousand fields."""


class BeginsNoEarlier(Refused):
    code = "begins_no_earlier"
    words = Sentence(
        "版本 {value} 在那一天才生效，或者已经失效；只有前一天和当天都有效的版本才能从那天起换新。",
        "Revision {value} is not valid both on that day and on the day before, so nothing can follow it from that day.",
    )


class ReviseBom(Opened):
    """All lines of the new revision, as they are to be."""

    valid_from: date
    revision: Revision | None = Field(default=None, description="The one after the old revision where empty.")
    note: Words = ""
    lines: Annotated[list[Line], Field(min_length=1, max_length=5_000)]


class ReplaceComponent(Asked):
    component: Code
    substitute: Code
    ratio: Ratio = Field(default="1", description="Units of the new one for one unit of the old.")
    valid_from: date
    note: Words = ""
    boms: Annotated[list[Opened], Field(min_length=1, max_length=MOST_BILLS)]


@command(right=EDIT)
def revise_bom(at: At, request: ReviseBom) -> dict[str, object]:
    """Follow a revision by another one. Its orders that begin earlier keep the old one.

    Raises NotFound, Stale, BeginsNoEarlier, and what adding a bill raises.
    """
    bom = opened(at, Bom, request.id, request.version)
    return _follow(at, bom, request.valid_from, request.lines, request.revision, request.note)


@command(right=EDIT)
def replace_component(at: At, request: ReplaceComponent) -> dict[str, object]:
    """One component by another in all of these bills, each in a new revision from the same day; in all or in none.

    Raises NotFound, Stale, NotInBill, TooFine, BeginsNoEarlier, and what adding a bill raises.
    """
    by = Exchange(component=request.component, substitute=request.substitute, ratio=request.ratio)
    told = []
    for each in request.boms:
        bom = opened(at, Bom, each.id, each.version)
        told.append(_follow(at, bom, request.valid_from, exchanged(at, bom, [by]), None, request.note))
    return {"boms": told}


def _follow(at: At, old: Bom, day: date, lines: Sequence[Line], revision: str | None, note: str) -> dict[str, object]:
    was_until = old.valid_to
    if (old.valid_from and old.valid_from >= day) or (was_until and was_until < day):
        raise BeginsNoEarlier(field="valid_from", value=old.revision)
    taken = Bom.objects.of(at.company_id).filter(parent_id=old.parent_id).values_list("revision", flat=True)
    name = revision or next_revision(old.revision, set(taken))
    ended = change_bom(at, ChangeBom(id=old.pk, version=old.version, valid_to=day - timedelta(days=1)))
    asked = {"parent": old.parent.code, "revision": name, "valid_from": day, "valid_to": was_until, "note": note}
    begun: dict[str, object] = add_bom(at, AddBom.model_validate({**asked, "lines": list(lines)}))
    return {**begun, "ended": {**ended, "valid_to": was_until and was_until.isoformat()}}

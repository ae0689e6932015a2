"""The last entries of an item's ledger, each with what its place held before and after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from huoku.language import Sentence
from huoku.server.documents.papers import Paper
from huoku.server.items.models import Item
from huoku.server.ledger.models import Location, Movement
from huoku.server.look.speaking import language
from huoku.server.office.choices import called
from huoku.server.platform.actor import Actor
from huoku.server.platform.called import person_called
from huoku.server.platform.kept import rows_for
from huoku.server.platform.tables.table import TABLES

ROWS = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """``quantity`` is signed by whether it came to ``place`` or left it; ``other``: where it came from or went, where
    that is a place of ours too. ``before`` and ``after``: what the books had at ``place``."""

    id: object
    at: datetime
    what: Sentence
    place: str
    other: str
    is_moved: bool
    quantity: float
    before: float
    after: float
    document: Paper
    by: str
    is_reversal: bool


def movements_of(actor: Actor, item: Item) -> list[Movement]:
    """The newest first."""
    rows = rows_for(actor, Movement).filter(item=item).select_related("from_location", "to_location", "actor")
    return list(rows.order_by("-seq")[:ROWS])


def entries_of(
    actor: Actor, item: Item, found: Sequence[Movement], named: Mapping[str, Paper], balances: Mapping[int, int]
) -> list[Entry]:
    """``found``: the last movements; ``named``: the papers that they belong to. ``balances``: what each place has now;
    going back from it gives what it had."""
    kinds = TABLES["movements"].values["kind"]
    now, told = dict(balances), []
    step = 10**item.decimals
    for row in found:
        source, target = row.from_location, row.to_location
        place, is_gone = _place(actor, source, target)
        after = now.get(place.pk, 0)
        now[source.pk] = now.get(source.pk, 0) + row.quantity  # the same place where only its condition changed
        now[target.pk] = now.get(target.pk, 0) - row.quantity
        before = now.get(place.pk, 0)
        is_moved = _is_seen(actor, source) and _is_seen(actor, target)
        told.append(
            Entry(
                id=row.pk,
                at=row.effective_at,
                what=kinds.get(row.kind) or called(row.kind),
                place=place_called(place),
                other=place_called(source if place is target else target) if is_moved else "",
                is_moved=is_moved,
                quantity=(-1 if is_gone else 1) * row.quantity / step,
                before=before / step,
                after=after / step,
                document=named.get(row.document, Paper(row.document)),
                by=person_called(row.actor, actor.company.pk),
                is_reversal=row.reverses_id is not None,
            )
        )
    return told


def _is_seen(actor: Actor, place: Location) -> bool:
    is_ours = actor.sites is None or place.site_id is None or place.site_id in actor.sites
    return place.is_physical and is_ours


def _place(actor: Actor, source: Location, target: Location) -> tuple[Location, bool]:
    """The place that the entry is told of, and whether the goods left it: the one that is seen; of two the store
    rather than a place that only the books have, and else where they came to."""
    if not _is_seen(actor, target):
        return source, True
    if _is_seen(actor, source) and target.code.startswith("~") and not source.code.startswith("~"):
        return source, True
    return target, False


def place_called(place: Location) -> str:
    """By its code; a place that only the books have by its kind."""
    return called(place.kind).say(language()) if place.code.startswith("~") else place.code

"""The tree of places as rows of a page: what each is called, what it comes to, where its figures lead."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from huoku.server.ledger.models import Location
from huoku.server.ledger.rights import APPROVE_COUNT
from huoku.server.look.speaking import language
from huoku.server.office.choices import called
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.workbench.places.figures import Figures, Key
from huoku.server.workbench.places.links import asked_of, rows_of
from huoku.server.workbench.places.tree import Node, Tree

FEW = 40
"""A tree of no more rows is open from the beginning."""


@dataclass(frozen=True, slots=True)
class Row:
    """``lies``, ``blocked``, ``waiting``, ``due``, ``owed``, ``counts``: where the figures lead, "" where no list says
    just that."""

    node: Node
    told: Figures
    code: str
    name: str
    address: str
    kind: str
    """Of a place that is no store: what it is."""
    is_open: bool
    is_hidden: bool
    is_here: bool
    lies: str = ""
    blocked: str = ""
    waiting: str = ""
    due: str = ""
    owed: str = ""
    counts: str = ""

    @property
    def is_ended(self) -> bool:
        return self.node.place is not None and not self.node.place.is_active


@dataclass(frozen=True, slots=True)
class Opened:
    """Which levels are open: all of them, or those above one place."""

    everything: bool = False
    place: int = 0


def rows_of_tree(actor: Actor, tree: Tree, told: dict[Key, Figures], opened: Opened) -> list[Row]:
    """Places not in use that hold nothing are left out."""
    every = [node for node in tree.nodes if node.place]
    is_small = len(tree.nodes) <= FEW and not opened.place
    shown = Opened(opened.everything or is_small, opened.place)
    found: list[Row] = []
    for root in tree.roots:
        found += _rows(actor, root, told, shown, every, is_hidden=False)
    return found


def _rows(
    actor: Actor, node: Node, told: dict[Key, Figures], opened: Opened, every: list[Node], *, is_hidden: bool
) -> Iterator[Row]:
    figures = told[node.key]
    if node.place and not node.place.is_active and not (figures.items or figures.due or figures.owed):
        return
    holds = any(place.pk == opened.place for place in node.places)
    is_open = bool(node.children) and (opened.everything or node.level == 1 or holds)
    yield _row(actor, node, figures, every, is_open=is_open, is_hidden=is_hidden, is_here=holds and bool(node.place))
    for child in node.children:
        yield from _rows(actor, child, told, opened, every, is_hidden=is_hidden or not is_open)


def _row(
    actor: Actor, node: Node, told: Figures, every: list[Node], *, is_open: bool, is_hidden: bool, is_here: bool
) -> Row:
    asked, today = asked_of(node, every), business_day(actor.company, page_time()).isoformat()
    is_of_books = node.code.startswith("~")
    return Row(
        node=node,
        told=told,
        code="" if is_of_books else node.code,
        name=called(node.place.kind).say(language()) if node.place and is_of_books else node.name,
        address=_address(node),
        kind=node.place.kind if node.place and node.place.kind != Location.Kind.STORAGE and not is_of_books else "",
        is_open=is_open,
        is_hidden=is_hidden,
        is_here=is_here,
        lies=rows_of("balances", asked, on_hand__gt="0") if told.items else "",
        blocked=rows_of("balances", asked, status__in="blocked", on_hand__gt="0") if told.blocked else "",
        waiting=rows_of("balances", asked, status__in="quarantine", on_hand__gt="0") if told.waiting else "",
        due=rows_of("count_tasks", asked, is_open="true", due_on__lte=today, sort="due_on") if told.due else "",
        owed=rows_of("debts", asked, quantity__gt="0") if told.owed else "",
        counts=rows_of("counts", asked, sort="-id") if told.counted and actor.may(APPROVE_COUNT) else "",
    )


def _address(node: Node) -> str:
    """The page of the row of a place or a site; a zone has none."""
    if node.place:
        return reverse("office_row", args=("locations", node.place.pk))
    return reverse("office_row", args=("sites", node.site.pk)) if node.site else ""

"""The tree of places: a company's sites, within each the zones that its codes tell of (A, A-03), and the places.

A place says in its code where it stands: the parts before its last dash, dot, slash or blank. A zone is told where two
places at least share it; one that holds all of its parent's places says nothing and is left out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from huoku.server.ledger.models import Location
from huoku.server.platform.models import Site

PART = re.compile(r"[^-./_\s]+")
ZONES = 3
"""No more levels of zones than so many."""


@dataclass(frozen=True, slots=True)
class Node:
    """``code``: of the site, the zone or the place; ``places``: all below it, itself where it is one."""

    level: int
    code: str
    name: str
    places: tuple[Location, ...]
    place: Location | None = None
    site: Site | None = None
    children: tuple["Node", ...] = ()

    @property
    def key(self) -> tuple[int, int]:
        """Its first place and its level: enough to find it again."""
        return self.places[0].pk, self.level

    @property
    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk


@dataclass(frozen=True, slots=True)
class Tree:
    """``whole`` stands for everything, above the roots."""

    whole: Node | None
    roots: tuple[Node, ...] = field(default=())

    @property
    def nodes(self) -> list[Node]:
        return [node for root in self.roots for node in root.walk]

    def find(self, first: int, level: int) -> Node | None:
        if self.whole and level == 0:
            return self.whole
        return next((node for node in self.nodes if node.key == (first, level)), None)


def tree_of(places: Sequence[Location], company: str, nowhere: str) -> Tree:
    """``company``: what the one root is called where no place has a site; ``nowhere``: what the places are called that
    belong to none, where others do."""
    ordered = sorted(places, key=lambda place: (place.site_id is None, place.site.code if place.site else ""))
    roots = []
    for _, some in groupby(ordered, key=lambda place: place.site_id):
        group = tuple(sorted(some, key=_place))
        site = group[0].site
        code, name = (site.code, site.name) if site else ("", company if len(group) == len(ordered) else nowhere)
        roots.append(Node(1, code, name, group, site=site, children=_below(group, 0, 2)))
    found = tuple(_sorted_places(roots))
    return Tree(Node(0, "", company, found) if found else None, tuple(roots))


def _sorted_places(roots: Sequence[Node]) -> Iterator[Location]:
    for root in roots:
        yield from root.places


def _below(places: tuple[Location, ...], depth: int, level: int) -> tuple[Node, ...]:
    """Zones by the next part of the code; places alone where that part is their last, or nobody shares it."""
    found: list[Node] = []
    for head, some in groupby(places, key=lambda place: _head(place, depth)):
        group = tuple(some)
        if not head or len(group) == 1 or depth >= ZONES:
            found += [Node(level, place.code, place.name, (place,), place) for place in group]
        elif group == places:
            return _below(places, depth + 1, level)
        else:
            found.append(Node(level, head, "", group, children=_below(group, depth + 1, level + 1)))
    return tuple(found)


def _head(place: Location, depth: int) -> str:
    """The code up to the part at this depth, as it is written; "" where it has no more parts, or is the books' own."""
    parts = [] if place.code.startswith("~") else list(PART.finditer(place.code))
    return place.code[: parts[depth].end()] if len(parts) > depth else ""


def _place(place: Location) -> tuple[bool, list[tuple[bool, int, str]], str]:
    """A-2 before A-10; places that only the books have after those with a code."""
    parts = re.findall(r"\d+|[^\d\-./_\s]+", place.code)
    told = [(not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts]
    return place.code.startswith("~"), told, place.code

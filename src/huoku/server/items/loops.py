"""Whether an item would be made of itself."""

from collections.abc import Iterable

from huoku.server.items.models import BomLine


def loop_through(company_id: int, parent: int, components: Iterable[int]) -> list[int]:
    """The items of a loop from ``parent`` through one of its ``components`` back to it; empty where there is none.

    Walks down the bills of all revisions, a level at a time: one query each, whatever the width.
    """
    came_from = dict.fromkeys(sorted(components), parent)
    level = list(came_from)
    while level and parent not in came_from:
        below = BomLine.objects.of(company_id).filter(bom__parent__in=level).order_by("bom__parent", "component")
        level = []
        for above, component in below.values_list("bom__parent", "component").distinct():
            if component not in came_from:
                came_from[component] = above
                level.append(component)
    if parent not in came_from:
        return []
    path = [parent, came_from[parent]]
    while path[-1] != parent:
        path.append(came_from[path[-1]])
    return path[::-1]

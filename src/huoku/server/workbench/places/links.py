"""Lists that hold just what a figure of a place counts."""

from collections.abc import Sequence

from django.urls import reverse

from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.workbench.partner.standing import listed
from huoku.server.workbench.places.tree import Node

MOST_CODES, LONGEST = 100, 1_500
"""An address names no more places than so many, in so many letters."""


def asked_of(node: Node, every: Sequence[Node]) -> dict[str, str] | None:
    """The question of a list that finds the rows of the node's places alone; None where it would be too long.

    ``every``: all nodes with a place.
    """
    codes = [place.code for place in node.places]
    if len(codes) == 1:
        return {"location__eq": codes[0]}
    if len(codes) == len(every):
        return {}
    if node.level > 1:
        begins = [each for each in every if each.code.lower().startswith(node.code.lower())]
        if len(begins) == len(codes):
            return {"location__starts": node.code}
    told = ",".join(codes)
    is_sayable = len(codes) <= MOST_CODES and len(told) <= LONGEST and not any("," in code for code in codes)
    return {"location__in": told} if is_sayable else None


def rows_of(table: str, asked: dict[str, str] | None, **more: str) -> str:
    """The address of a list, or "" where no question says it."""
    if asked is None:
        return ""
    return listed(table, **asked, **more) if asked or more else reverse("office_list", args=(table,))


def blocked_rows() -> str:
    return listed("balances", status__in="blocked", on_hand__gt="0")


def due_rows(actor: Actor, **more: str) -> str:
    """The counts that are due by today, of all places or of those asked for."""
    today = business_day(actor.company, page_time()).isoformat()
    return listed("count_tasks", **more, is_open="true", due_on__lte=today, sort="due_on")

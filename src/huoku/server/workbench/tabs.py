"""Rows of several tables about one thing, one table at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from huoku.language import Sentence
from huoku.server.look.speaking import language
from huoku.server.office.parts import rows_about
from huoku.server.platform.actor import Actor
from huoku.server.platform.tables.table import TABLES

ROWS = 10
"""So many of the newest; the rest is in the list."""


@dataclass(frozen=True, slots=True)
class Tab:
    """Rows of a table that name the thing in ``column``; ``without``: columns that say what others say."""

    title: Sentence
    column: str
    sort: str
    without: tuple[str, ...] = ()


def chosen_tab(request: HttpRequest, actor: Actor, tabs: Mapping[str, Tab], code: str) -> dict[str, Any]:
    """The tabs that the actor may read, and the rows of the one that ``?tab=`` names; nothing where he may read none.
    Whoever must not know the column by which a table names the thing has no such tab. ``whole``: the list of them all,
    where there may be more."""
    readable = {
        name: tab
        for name, tab in tabs.items()
        if actor.may(TABLES[name].read) and tab.column in TABLES[name].seen_by(actor)
    }
    asked = request.GET.get("tab", "")
    name = asked if asked in readable else next(iter(readable), "")
    if not name:
        return {"tabs": []}
    tab, named = readable[name], {f"filter[{readable[name].column}][eq]": code}
    question = {**named, "sort": tab.sort, "limit": str(ROWS)}
    without = (tab.column, *tab.without, *TABLES[name].aside)
    part = rows_about(actor, name, question, language(), without=without)
    return {
        "tabs": [(each, readable[each].title) for each in readable],
        "tab": name,
        "part": part,
        "whole": f"{reverse('office_list', args=(name,))}?{urlencode(named)}" if len(part["rows"]) == ROWS else "",
    }

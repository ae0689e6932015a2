"""What a page tells its grid: columns, addresses, layouts, rights and words."""

from dataclasses import asdict
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse

from huoku.language import Language
from huoku.server.office.choices import called
from huoku.server.office.grid.badges import ENDED
from huoku.server.office.grid.columns import GridColumn, key_of
from huoku.server.office.grid.views import views_of
from huoku.server.office.grid.words import words
from huoku.server.office.opening import address_of
from huoku.server.office.rights import SHARE_VIEWS
from huoku.server.office.undoing.counters import COUNTERS
from huoku.server.platform import clock
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day
from huoku.server.platform.roles import INSIDE, Role
from huoku.server.platform.tables.table import Table


def grid_facts(
    table: Table, actor: Actor, lang: Language, columns: list[GridColumn], shown: list[str], sort: str
) -> dict[str, Any]:
    """``shown``: the columns to begin with; ``sort``: the order to begin with."""
    here = {
        name: reverse(f"office_{view}", args=(table.name,))
        for name, view in (
            *(("rows", "rows"), ("check", "check"), ("save", "save"), ("list", "list")),
            *(("undo", "undo_rows"), ("keep", "keep_view"), ("drop", "drop_view")),
        )
    }
    drawer = reverse("office_drawer", args=(table.name, "0"))
    opened = {each.opens: address_of(each.opens, 0) for each in columns if each.opens}
    return {
        "table": table.name,
        "what": table.model._meta.label_lower,
        "columns": [asdict(each) for each in columns],
        "key": key_of(table),
        "shown": shown,
        "sort": sort,
        "views": views_of(table, actor),
        "teams": _teams(actor, lang),
        "may_add": table.add is not None and actor.may(table.add.right),
        "takes_back_new": table.add is not None and table.add.name in COUNTERS,
        "may_change": any(each.filled_in and not each.is_new_only for each in columns) and not table.has_uuids,
        "addresses": {**here, "row": address_of(table.name, 0), "drawer": drawer, "opens": opened},
        "ended": sorted(ENDED),
        "today": business_day(actor.company, clock.page_time()).isoformat(),
        "offset": clock.page_time().astimezone(ZoneInfo(actor.company.timezone)).isoformat()[-6:],
        "words": words(lang),
    }


def _teams(actor: Actor, lang: Language) -> list[tuple[str, str]]:
    """The teams that the actor may share a layout with."""
    if not actor.may(SHARE_VIEWS):
        return []
    mine = sorted(INSIDE if Role.OWNER in actor.roles else actor.roles)
    return [(str(role), called(str(role)).say(lang)) for role in mine]

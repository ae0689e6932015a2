"""The layouts of a list that somebody may choose from."""

from typing import Any

from django.db.models import Q

from huoku.server.office.models import SavedView
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.platform.roles import Role
from huoku.server.platform.tables.table import Table


def views_of(table: Table, actor: Actor) -> list[dict[str, Any]]:
    """One's own first, then those of one's teams; an owner sees those of every team. ``is_opened``: the list begins
    with it, which is one's own default before the team's."""
    teams = Q() if Role.OWNER in actor.roles else Q(team__in=actor.roles)
    mine = Q(team="", made_by=actor.user)
    found = rows_for(actor, SavedView).filter(mine | (teams & ~Q(team="")), table=table.name).select_related("made_by")
    views = sorted(found, key=lambda view: (bool(view.team), view.team, view.name))
    opened = next((view.pk for view in views if view.is_default and (not view.team or view.team in actor.roles)), None)
    return [
        {
            "id": view.pk,
            "version": view.version,
            "name": view.name,
            "team": view.team,
            "is_mine": view.made_by == actor.user or Role.OWNER in actor.roles,
            "is_default": view.is_default,
            "is_opened": view.pk == opened,
            "layout": view.layout,
        }
        for view in views
    ]

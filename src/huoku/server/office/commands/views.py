"""Keeping, sharing and dropping layouts of lists."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from huoku.language import Sentence
from huoku.server.office.models import SavedView
from huoku.server.office.rights import KEEP_VIEWS, SHARE_VIEWS
from huoku.server.platform.command import At, command
from huoku.server.platform.kept import add, change, opened, remove, rows_for
from huoku.server.platform.refusals import NotFound, Refused
from huoku.server.platform.requests import PRINTED, Asked, Code, Opened
from huoku.server.platform.roles import Role
from huoku.server.platform.tables.table import TABLES

MOST_OF_ONE = 50


class NotYourTeam(Refused):
    code = "not_your_team"
    words = Sentence("只能共享给自己的团队。", "A view can be shared with one's own team alone.")


class NotYours(Refused):
    code = "not_yours"
    words = Sentence("只有保存它的人或老板可以改。", "Only who kept it, or an owner, can change it.")


class TooManyViews(Refused):
    code = "too_many_views"
    words = Sentence("一张表最多保存 {most} 个视图。", "A list has at most {most} {most|view|views} of one person.")


class ShownColumn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Code
    width: Annotated[int, Field(ge=20, le=2_000)] | None = None


class Layout(BaseModel):
    """How a list is laid out. ``filters``: as the address of the list says them, by ``filter[name][op]``; ``frozen``:
    so many columns from the left stay in sight."""

    model_config = ConfigDict(extra="forbid")

    columns: Annotated[list[ShownColumn], Field(max_length=200)]
    frozen: Annotated[int, Field(ge=1, le=200)] = 1
    sort: Annotated[str, StringConstraints(max_length=400)] = ""
    filters: Annotated[dict[str, Annotated[str, StringConstraints(max_length=400)]], Field(max_length=50)] = {}


class KeepView(Asked):
    table: Code
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=PRINTED)]
    team: Role | Literal[""] = ""
    is_default: bool = False
    layout: Layout


@command(right=KEEP_VIEWS)
def keep_view(at: At, request: KeepView) -> dict[str, object]:
    """Keep a layout under a name; one of that name is replaced. One view of a list is its maker's default, and one each
    team's. Raises NotFound, NotYourTeam, NotYours, TooManyViews."""
    if request.table not in TABLES or not at.actor.may(TABLES[request.table].read) or at.actor.user is None:
        raise NotFound(what="table", field="table", value=request.table)
    if request.team:
        at.actor.must(SHARE_VIEWS)
        if request.team not in at.actor.roles and Role.OWNER not in at.actor.roles:
            raise NotYourTeam(field="team", value=request.team)
    same = rows_for(at.actor, SavedView).filter(table=request.table, team=request.team)
    if not request.team:
        same = same.filter(made_by=at.actor.user)
    values: dict[str, Any] = {"is_default": request.is_default, "layout": request.layout.model_dump(mode="json")}
    if request.is_default:
        for other in same.select_for_update(of=("self",)).filter(is_default=True).exclude(name=request.name):
            change(at, other, {"is_default": False})
    if there := same.select_for_update(of=("self",)).filter(name=request.name).first():
        _must_be_ours(at, there)
        return change(at, there, values)
    if same.count() >= MOST_OF_ONE:
        raise TooManyViews(field="name", value=request.name, most=MOST_OF_ONE)
    named = {"table": request.table, "name": request.name, "team": request.team, "made_by": at.actor.user}
    return add(at, SavedView(**named, **values))


@command(right=KEEP_VIEWS)
def drop_view(at: At, request: Opened) -> dict[str, object]:
    """A layout is not wanted any more. Raises NotFound, Stale, NotYours."""
    view = opened(at, SavedView, request.id, request.version)
    if not view.team and view.made_by != at.actor.user:
        raise NotFound(what="savedview", field="id", value=request.id)
    _must_be_ours(at, view)
    return remove(at, view)


def _must_be_ours(at: At, view: SavedView) -> None:
    if view.made_by != at.actor.user and Role.OWNER not in at.actor.roles:
        raise NotYours(field="name", value=view.name)

"""Resources, the operations done on them, and the days on which they work."""

from datetime import date
from typing import Any

from pydantic import Field

from huoku.server.items.models import CalendarDay, Item, Operation, Resource
from huoku.server.items.rights import EDIT
from huoku.server.platform.alike import INSISTS, AlthoughAlike, must_not_be_alike
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Amount, in_columns
from huoku.server.platform.kept import add, change, must_be_new, named, opened, remove
from huoku.server.platform.requests import Asked, Code, Count, Name, Opened
from huoku.server.platform.sites import site_named


class ResourceFields(Asked):
    name: Name = ""
    name_en: Name = ""
    site: Code | None = Field(default=None, description="The code of its site.")
    cost_per_hour: Amount = Field(default="0", validate_default=True)
    is_active: bool = True


class AddResource(ResourceFields):
    code: Code
    minutes_per_day: Amount
    although_alike: AlthoughAlike = False


class ChangeResource(ResourceFields, Opened):
    minutes_per_day: Amount = Field(default="0", validate_default=True)


@command(right=EDIT)
def add_resource(at: At, request: AddResource) -> dict[str, object]:
    """A new machine, crew or line. Raises Taken, Unknown."""
    must_be_new(at, Resource, "code", request.code, code=request.code)
    must_not_be_alike(at, Resource, request.code, request.although_alike)
    return {**add(at, Resource(**_columns(at, request, (INSISTS,)))), "code": request.code}


@command(right=EDIT)
def change_resource(at: At, request: ChangeResource) -> dict[str, object]:
    """Other values for a resource. Raises NotFound, Stale, Unknown."""
    row = opened(at, Resource, request.id, request.version)
    return change(at, row, _columns(at, request, ("id", "version")))


def _columns(at: At, request: ResourceFields, skip: tuple[str, ...]) -> dict[str, Any]:
    values = in_columns(request, Resource, skip=(*skip, "site"))
    if "site" in request.model_fields_set:
        values["site_id"] = site_named(at, request.site)
    return values


class OperationFields(Asked):
    name: Name = ""
    setup_minutes: Amount = Field(default="0", validate_default=True)
    run_minutes: Amount = Field(default="0", validate_default=True)


class AddOperation(OperationFields):
    parent: Code
    seq: Count
    resource: Code


class ChangeOperation(OperationFields, Opened):
    resource: Code = ""


@command(right=EDIT)
def add_operation(at: At, request: AddOperation) -> dict[str, object]:
    """A step of an item's routing. Raises Unknown, Taken."""
    parent = named(at, Item, "parent", request.parent)
    must_be_new(at, Operation, "seq", request.seq, parent=parent, seq=request.seq)
    resource = named(at, Resource, "resource", request.resource)
    return add(
        at, Operation(parent=parent, resource=resource, **in_columns(request, Operation, skip=("parent", "resource")))
    )


@command(right=EDIT)
def change_operation(at: At, request: ChangeOperation) -> dict[str, object]:
    """Other times, or another resource. Raises NotFound, Stale, Unknown."""
    row = opened(at, Operation, request.id, request.version)
    values = in_columns(request, Operation, skip=("id", "version", "resource"))
    if request.resource:
        values["resource_id"] = named(at, Resource, "resource", request.resource).pk
    return change(at, row, values)


@command(right=EDIT)
def remove_operation(at: At, request: Opened) -> dict[str, object]:
    """Take a step out of the routing. Raises NotFound, Stale."""
    return remove(at, opened(at, Operation, request.id, request.version))


class AddCalendarDay(Asked):
    date: date
    is_open: bool
    resource: Code | None = Field(default=None, description="The whole factory where empty.")


class ChangeCalendarDay(Opened):
    is_open: bool


@command(right=EDIT)
def add_calendar_day(at: At, request: AddCalendarDay) -> dict[str, object]:
    """A day on which the factory, or a resource, works or does not. Raises Unknown, Taken."""
    resource = named(at, Resource, "resource", request.resource) if request.resource else None
    must_be_new(at, CalendarDay, "date", request.date, resource=resource, date=request.date)
    return add(at, CalendarDay(resource=resource, date=request.date, is_open=request.is_open))


@command(right=EDIT)
def change_calendar_day(at: At, request: ChangeCalendarDay) -> dict[str, object]:
    """Open what was closed, or close what was open. Raises NotFound, Stale."""
    return change(at, opened(at, CalendarDay, request.id, request.version), {"is_open": request.is_open})


@command(right=EDIT)
def remove_calendar_day(at: At, request: Opened) -> dict[str, object]:
    """The day is as any other. Raises NotFound, Stale."""
    return remove(at, opened(at, CalendarDay, request.id, request.version))

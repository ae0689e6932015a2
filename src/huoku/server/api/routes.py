"""From the declared tables to the routes of the interface."""

from collections.abc import Callable
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import NinjaAPI
from ninja.constants import NOT_SET
from ninja.params.functions import Path

from huoku.server.api import calendars, description, files, production, production_described, quotes, stock
from huoku.server.api.changes import act, add_rows, change_row, change_rows
from huoku.server.api.door import BySession, ByToken, inside
from huoku.server.api.following import FOLLOWED, follow
from huoku.server.api.later import verify_audit
from huoku.server.api.lists import answer, asked_of, history_of, list_rows, one_row
from huoku.server.api.problems import Malformed
from huoku.server.documents.models import Attachment
from huoku.server.documents.rights import COMMENT
from huoku.server.documents.rights import READ as READ_DOCUMENTS
from huoku.server.items.models import ItemFile
from huoku.server.items.rights import READ as READ_ITEMS
from huoku.server.ledger.rights import READ as READ_STOCK
from huoku.server.planning.rights import QUOTE
from huoku.server.platform.actor import Actor
from huoku.server.platform.events import changes_since
from huoku.server.platform.requests import Opened
from huoku.server.platform.rights import BE_HERE, HEAR, READ_AUDIT
from huoku.server.platform.roles import all_rights
from huoku.server.platform.tables.table import Table
from huoku.server.production.rights import READ as READ_PRODUCTION

View = Callable[..., HttpResponseBase]

RIGHTS: dict[tuple[str, str], str] = {}
"""The right that each route asks for, by method and path. A route that is not here does not exist."""


def lay(
    api: NinjaAPI, method: str, path: str, right: str, view: View, about: dict[str, Any], auth: Any = NOT_SET
) -> None:
    """One route. ``auth``: who comes in, where that is not as everywhere."""
    guarded = inside(right, view)

    def of_company(request: HttpRequest, company: str = Path(..., max_length=40)) -> HttpResponseBase:
        return guarded(request)

    def of_row(
        request: HttpRequest, company: str = Path(..., max_length=40), id: int = Path(..., ge=1, le=2**63 - 1)
    ) -> HttpResponseBase:
        return guarded(request, id)

    def of_fact(request: HttpRequest, id: UUID, company: str = Path(..., max_length=40)) -> HttpResponseBase:
        return guarded(request, id)

    answering = of_row if "{int:id}" in path else of_fact if "{uuidstr:id}" in path else of_company
    name, path = about.pop("operationId"), "/{company}" + path
    api.api_operation([method], path, operation_id=name, openapi_extra=about, auth=auth)(answering)
    RIGHTS[method, path] = right


def lay_table(api: NinjaAPI, table: Table) -> None:
    """The routes of a table: reading for all, changing where a command is declared for it."""
    path, of = f"/{table.name}", table.name
    row = f"{path}/{{{'uuidstr' if table.has_uuids else 'int'}:id}}"

    lay(api, "GET", path, table.read, _bound(list_rows, table), description.listing(table))
    lay(api, "GET", row, table.read, _bound(one_row, table), description.one(table))
    if table.name in FOLLOWED:
        lay(api, "GET", f"{row}/events", table.read, _bound(follow, table), description.following(table))
    if table.is_versioned:
        about = description.history(table)
        lay(api, "GET", f"{row}/history", table.read, _bound(history_of, table), about)
    if what := table.add:
        lay(api, "POST", path, what.right, _bound(add_rows, what), description.adding(of, what))
    if what := table.change:
        about = description.about_row(of, "change", what)
        lay(api, "PATCH", row, what.right, _bound(change_row, what), about)
        lay(api, "PATCH", path, what.right, _bound(change_rows, what), description.changing_rows(of, what))
    if what := table.remove:
        about = description.about_row(of, "remove", what)
        lay(api, "DELETE", row, what.right, _bound(change_row, what), about)
    for name, what in table.actions.items():
        if issubclass(what.request, Opened):
            about = description.about_row(of, name, what)
            lay(api, "POST", f"{row}/{name}", what.right, _bound(change_row, what), about)
        else:
            lay(api, "POST", f"{path}/{name}", what.right, _bound(act, what), description.acting(of, name, what))


def lay_others(api: NinjaAPI) -> None:
    """What is no table: who one is, and files."""
    lay(api, "POST", "/audit_entries/verify", READ_AUDIT, verify_audit, description.VERIFYING)
    lay(api, "GET", "/me", BE_HERE, me, description.ME)
    lay(api, "GET", "/changes", HEAR, changes, description.CHANGES)
    lay(api, "GET", "/stock_as_of", READ_STOCK, stock.stock_as_of, description.STOCK_AS_OF)
    for name, view in (("came_from", stock.lot_came_from), ("went_to", stock.lot_went_to)):
        lay(api, "GET", f"/lots/{{int:id}}/{name}", READ_STOCK, view, description.trace(name))
    lay(api, "GET", "/sales_orders/{int:id}/deliverable", QUOTE, quotes.deliverable, description.DELIVERABLE)
    of_production: tuple[tuple[str, View, dict[str, Any]], ...] = (
        ("/kitting", production.kits, production_described.KITTING),
        ("/pick_lists/{int:id}/walk", production.walk_of, production_described.WALK),
        ("/ready_reports", production.reports, production_described.READY_REPORTS),
        ("/production_board", production.production_board, production_described.BOARD),
    )
    for path, asked, about in of_production:
        lay(api, "GET", path, READ_PRODUCTION, asked, about)
    lay(api, "GET", "/calendars", READ_STOCK, calendars.calendars, description.CALENDARS)
    signed = [calendars.BySignature(), ByToken(), BySession()]
    for name in calendars.CALENDARS:
        about = description.calendar(name)
        lay(api, "GET", f"/calendars/{name}", READ_STOCK, _named(calendars.calendar, name), about, auth=signed)
    lay(api, "POST", "/files", COMMENT, files.bring, description.FILES)
    for table, model, right in (("item_files", ItemFile, READ_ITEMS), ("attachments", Attachment, READ_DOCUMENTS)):
        about = description.content_of(table)
        lay(api, "GET", f"/{table}/{{int:id}}/content", right, _bound(files.fetch, model), about)


def me(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who asks, and what he may do."""
    return answer(
        {
            "company": {"code": actor.company.code, "name": actor.company.name, "currency": actor.company.currency},
            "user": actor.user.username if actor.user else None,
            "roles": sorted(actor.roles),
            "sites": None if actor.sites is None else sorted(actor.sites),
            "rights": [each.name for each in all_rights() if actor.may(each.name)],
        }
    )


def changes(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What happened since, in a few words: who wants more asks for the row, with his own rights."""
    since = asked_of(request).get("since", "")
    try:
        found = changes_since(actor, since)
    except (ValueError, OverflowError):
        raise Malformed(field="since", value="since=upto") from None
    zone = ZoneInfo(actor.company.timezone)
    events = [
        {"kind": each.kind, "subject": each.subject, "at": each.recorded_at.astimezone(zone).isoformat()}
        for each in found.events
    ]
    return answer({"events": events, "upto": found.upto, "is_all": found.is_all})


def _named(view: View, name: str) -> View:
    return lambda request, actor: view(request, actor, name)


def _bound(view: View, subject: Any) -> View:
    return lambda request, actor, *row: view(request, actor, subject, *row)

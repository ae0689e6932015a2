"""What a second person is asked to decide: the paper that it is about, and of a shortage what the chosen ways do."""

import json
from collections.abc import Mapping
from typing import Any

from huoku.language import kept
from huoku.server.look.speaking import language
from huoku.server.office.opening import address_of
from huoku.server.office.sections import Section
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.platform.models import Approval
from huoku.server.platform.tables.table import TABLES, Table
from huoku.server.shortages.commands.choosing import choose_way
from huoku.server.shortages.commands.combining import combine_ways
from huoku.server.shortages.models import ShortageCase, Way

WHOLE = {"id", "version"}
"""A request of these alone is told by its paper."""


def subject_of_an_approval(actor: Actor, id: int) -> Section | None:
    waiting = rows_for(actor, Approval).filter(pk=id).first()
    if waiting is None:
        return None
    request = json.loads(waiting.request)
    if waiting.kind in (choose_way.name, combine_ways.name):
        return _of_a_shortage(actor, request, waiting.kind == choose_way.name)
    table = next((each for each in TABLES.values() if _is_step_of(each, waiting.kind)), None)
    if table is None or not actor.may(table.read):
        return None
    row: Any = rows_for(actor, table.model).filter(pk=request.get("id")).first()
    if not getattr(row, "number", ""):
        return None
    told = {"number": row.number, "address": address_of(table.name, row.pk)}
    return Section("workbench/to_decide.html", told, says=("request",) if request.keys() <= WHOLE else ())


def _is_step_of(table: Table, kind: str) -> bool:
    return any(command.name == kind for command in table.actions.values())


def _of_a_shortage(actor: Actor, request: Mapping[str, Any], is_one: bool) -> Section | None:
    asked = [request["id"]] if is_one else request["ways"]
    ways = list(rows_for(actor, Way).filter(pk__in=asked).order_by("rank", "pk"))
    case = rows_for(actor, ShortageCase).filter(pk=ways[0].case_id).first() if ways else None
    if case is None:
        return None
    told = {
        "number": case.number,
        "address": address_of("shortages", case.pk),
        "ways": [kept(way.text_zh, way.text_en, language()) for way in ways],
        "reason": request.get("reason", ""),
    }
    return Section("workbench/to_decide.html", told, says=("request",))

"""What production asks that is no table: kits, the walk of a pick list, reports made ready, the board."""

from collections.abc import Mapping
from datetime import date
from typing import Any, get_args

from django.http import HttpRequest, HttpResponse

from huoku.server.api.lists import answer, asked_of
from huoku.server.api.problems import Malformed
from huoku.server.ledger.queries.coverage import Arrival
from huoku.server.platform.actor import Actor
from huoku.server.platform.exact import plain
from huoku.server.platform.kept import rows_for
from huoku.server.platform.refusals import NotFound
from huoku.server.production.kits import Choice, Kit, KitLine, Kitting, chosen
from huoku.server.production.models import PickList
from huoku.server.production.queries.board import board
from huoku.server.production.queries.kitting import kitting
from huoku.server.production.queries.ready import ReadyReport, ready_reports
from huoku.server.production.queries.to_kit import Service
from huoku.server.production.queries.walk import Stop, walk

MOST_ORDERS = 1_000
LARGEST_ID = 2**63


def kits(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The kits of the open work orders, served one after the other; of ``orders`` alone where they are named."""
    asked = _known(request, "service", "orders", "site", "start_from", "start_until")
    service = asked.get("service", "start")
    if service not in get_args(Service):
        raise Malformed(field="service", value="service: " + ", ".join(get_args(Service)))
    of = _ids(asked["orders"]) if asked.get("orders") else None
    choice = Choice(
        site=asked.get("site", ""), start_from=_day(asked, "start_from"), start_until=_day(asked, "start_until")
    )
    told = chosen(kitting(actor, service, of), choice)  # type: ignore[arg-type]
    told.look_at(told.kits)
    return answer({"service": service, **_figures(told), "kits": [_kit(each) for each in told.kits]})


def _figures(told: Kitting) -> dict[str, Any]:
    return {"possible": told.possible, "buildable": told.buildable, "rate": share(told.rate)}


def share(value: Any) -> str:
    """A share as a decimal with four digits."""
    return f"{float(value):.4f}"


def _kit(kit: Kit) -> dict[str, Any]:
    critical = kit.critical
    return {
        **{"order_id": kit.order, "order": kit.number, "item": kit.item, "unit": kit.unit, "state": kit.state},
        **{"site": kit.site, "priority": kit.priority, "start_on": kit.start_on.isoformat()},
        **{"due_on": kit.due_on.isoformat(), "open": plain(kit.open, kit.decimals)},
        **{"buildable": plain(kit.buildable, kit.decimals), "is_complete": kit.is_complete, "rate": share(kit.rate)},
        **{"critical": critical.item if critical else None, "complete_on": _iso(kit.complete_on)},
        "lines": [_line(each) for each in kit.lines],
    }


def _line(line: KitLine) -> dict[str, Any]:
    figures = ("needed", "issued", "on_hand", "reserved", "elsewhere", "missing", "short")
    return {
        **{"line": line.seq, "item": line.item, "item_id": line.item_id, "unit": line.unit},
        **{name: plain(getattr(line, name), line.decimals) for name in figures},
        "reserved_for_others": [
            {"demand": demand, "quantity": plain(steps, line.decimals)} for demand, steps in sorted(line.others.items())
        ],
        "arriving": [_arrival(each, line.decimals) for each in line.arriving],
        "late": [_arrival(each, line.decimals) for each in line.late],
        "substitutes": [
            {"item": each.item, "ratio": str(each.ratio), "free": plain(each.free, each.decimals)}
            for each in line.substitutes
        ],
    }


def _arrival(each: Arrival, decimals: int) -> dict[str, Any]:
    return {"supply": each.name, "on": _iso(each.on), "quantity": plain(each.quantity, decimals)}


def walk_of(request: HttpRequest, actor: Actor, pick_list: int) -> HttpResponse:
    """What is still to be fetched, in walking order, with the lots that expire first."""
    if not rows_for(actor, PickList).filter(pk=pick_list).exists():
        raise NotFound(what="pick_lists", field="id", value=pick_list)
    return answer({"stops": [_stop(each) for each in walk(actor.company.pk, pick_list)]})


def _stop(stop: Stop) -> dict[str, Any]:
    return {
        **{"line": stop.line, "location": stop.place, "item": stop.item, "unit": stop.unit, "order": stop.order},
        **{"order_id": stop.order_id, "quantity": plain(stop.open_steps, stop.decimals)},
        "lots": [{"lot": lot, "quantity": plain(steps, stop.decimals)} for lot, steps in stop.lots],
    }


def reports(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What can be reported now, with the figures of the plan."""
    asked = _known(request, "resource", "start_until")
    found = ready_reports(actor, until=_day(asked, "start_until"))
    return answer({"reports": [_report(each) for each in found if asked.get("resource", "") in ("", each.resource)]})


def _report(each: ReadyReport) -> dict[str, Any]:
    return {
        **{"operation_id": each.operation, "operation": each.number, "name": each.name, "resource": each.resource},
        **{"order_id": each.order, "item": each.item, "unit": each.unit, "state": each.state},
        **{"good": plain(each.good, each.decimals), "minutes": plain(each.minutes, 6)},
        **{"start_on": each.start_on.isoformat(), "due_on": each.due_on.isoformat()},
    }


def production_board(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What goes on now, and what was reported on a day."""
    found = board(actor, _day(_known(request, "day"), "day"))
    return answer(
        {
            **{"day": found.day.isoformat(), "orders": found.orders, "late": found.late},
            **{"late_to_start": found.late_to_start, "operations": found.operations},
            "paused": [
                {
                    **{"operation_id": each.operation, "operation": each.number, "resource": each.resource},
                    **{"cause": each.cause, "note": each.note},
                }
                for each in found.paused
            ],
            "at_work": [{"location": each.place, "items": each.items} for each in found.at_work],
            "output": [
                {
                    **{"resource": each.resource, "unit": each.unit, "reports": each.reports},
                    **{name: f"{getattr(each, name).normalize():f}" for name in ("good", "scrap", "minutes")},
                }
                for each in found.output
            ],
        }
    )


def _known(request: HttpRequest, *names: str) -> Mapping[str, str]:
    """What the address asks. Raises Malformed for anything but ``names``."""
    asked = asked_of(request)
    for name in asked:
        if name not in names:
            raise Malformed(field=name, value=f"{name}; possible: {', '.join(names)}")
    return asked


def _ids(text: str) -> list[int]:
    """Raises Malformed."""
    parts = text.split(",")
    ids = [int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < len(str(LARGEST_ID))]
    if len(ids) < len(parts) or len(ids) > MOST_ORDERS:
        raise Malformed(field="orders", value=f"orders=12,15 ({MOST_ORDERS} at most)")
    return ids


def _day(asked: Mapping[str, str], name: str) -> date | None:
    """Raises Malformed."""
    if not asked.get(name):
        return None
    try:
        day = date.fromisoformat(asked[name])
        if not 1000 < day.year < 9000:
            raise ValueError(asked[name])
    except ValueError:
        raise Malformed(field=name, value=f"{name}=2026-03-31") from None
    return day


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None

"""What a command must know of items, places and lots: read at once for all its lines, as plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from huoku.server.items.models import Item
from huoku.server.ledger.models import Location, Lot, Owner
from huoku.server.ledger.refusals import NotInUse, NotYourSite
from huoku.server.platform.command import At
from huoku.server.platform.refusals import NotFound
from huoku.server.platform.sql import Row, ask, places

ITEMS, LOCATIONS, LOTS, OWNERS = (f'"{model._meta.db_table}"' for model in (Item, Location, Lot, Owner))


@dataclass(frozen=True, slots=True)
class ItemFacts:
    id: int
    code: str
    tracking: str
    decimals: int
    is_active: bool
    shelf_life_days: int | None

    @property
    def is_tracked(self) -> bool:
        return self.tracking != Item.Tracking.NONE

    @property
    def is_serial(self) -> bool:
        return self.tracking == Item.Tracking.SERIAL


@dataclass(frozen=True, slots=True)
class Place:
    id: int
    code: str
    kind: str
    is_physical: bool
    is_unverified: bool
    site_id: int | None
    is_active: bool


def items(company_id: int, ids: Iterable[int]) -> dict[int, ItemFacts]:
    """Items by id. Raises NotFound naming one that there is not."""
    columns = "id, code, tracking, decimals, is_active, shelf_life_days"
    return {row[0]: ItemFacts(*row) for row in _rows(company_id, ITEMS, columns, ids, "item")}


def locations(at: At, ids: Iterable[int]) -> dict[int, Place]:
    """Places by id. Raises NotFound, NotYourSite (where the actor does not work), NotInUse."""
    columns = "id, code, kind, is_physical, is_unverified, site_id, is_active"
    found = {row[0]: Place(*row) for row in _rows(at.company_id, LOCATIONS, columns, ids, "location")}
    for place in found.values():
        if not at.actor.works_at(place.site_id):
            raise NotYourSite(field="location", value=place.code)
        if not place.is_active:
            raise NotInUse(field="location", value=place.code)
    return found


def check_site(at: At, location_id: int) -> None:
    """Raises NotYourSite where the actor does not work at that place. One that is out of use may still be emptied."""
    if at.actor.sites is None:
        return
    ((code, site_id),) = _rows(at.company_id, LOCATIONS, "code, site_id", [location_id], "location")
    if not at.actor.works_at(site_id):
        raise NotYourSite(field="location", value=code)


def _rows(company_id: int, table: str, columns: str, ids: Iterable[int], what: str) -> list[Row]:
    wanted = sorted(set(ids))
    rows = ask(
        f"SELECT {columns} FROM {table} WHERE company_id = %s AND id IN {places(len(wanted), 1)}", [company_id, *wanted]
    )
    if len(rows) < len(wanted):
        missing = set(wanted) - {row[0] for row in rows}
        raise NotFound(field=what, value=min(missing), what=what)
    return rows


def own(company_id: int) -> int:
    """The id of the company itself as an owner of stock."""
    found = ask(f"SELECT id FROM {OWNERS} WHERE company_id = %s AND code = ''", [company_id])
    if not found:
        ask(
            f"INSERT INTO {OWNERS} (company_id, code, name) VALUES (%s, '', '') ON CONFLICT DO NOTHING RETURNING id",
            [company_id],
        )
        return own(company_id)
    return int(found[0][0])


def check_owners(company_id: int, ids: Iterable[int | None]) -> None:
    """Raises NotFound naming an owner that there is not."""
    if wanted := {id for id in ids if id is not None}:
        _rows(company_id, OWNERS, "id", wanted, "owner")


@dataclass(frozen=True, slots=True)
class LotWanted:
    """A lot as a line names it: by code, with what is known of it where it is new."""

    item_id: int
    code: str
    received_on: date | None = None
    expires_on: date | None = None
    demand: str = ""


def lots_by_code(
    company_id: int, wanted: Iterable[LotWanted], may_be_new: Iterable[LotWanted] = ()
) -> dict[tuple[int, str], tuple[int, date | None]]:
    """Id and expiry by item and code. Those of ``may_be_new`` that are not there yet are made, in one order for all."""
    keys = {(lot.item_id, lot.code) for lot in wanted}
    by_key = {(lot.item_id, lot.code): lot for lot in may_be_new}
    found = _lots(company_id, keys)
    if new := sorted(set(by_key) - set(found)):
        values: list[Any] = []
        for key in new:
            lot = by_key[key]
            values += [company_id, lot.item_id, lot.code, lot.received_on, lot.expires_on, lot.demand]
        ask(
            f"INSERT INTO {LOTS} (company_id, item_id, code, received_on, expires_on, demand) "
            f"VALUES {places(6, len(new))} ON CONFLICT DO NOTHING RETURNING id",
            values,
        )
        found = _lots(company_id, keys)
    return found


def _lots(company_id: int, keys: Iterable[tuple[int, str]]) -> dict[tuple[int, str], tuple[int, date | None]]:
    wanted = sorted(keys)
    if not wanted:
        return {}
    rows = ask(
        f"SELECT item_id, code, id, expires_on FROM {LOTS} WHERE company_id = %s AND (item_id, code) IN "
        f"(VALUES {places(2, len(wanted))})",
        [company_id, *(value for key in wanted for value in key)],
    )
    return {(item_id, code): (lot_id, as_date(expires_on)) for item_id, code, lot_id, expires_on in rows}


def as_date(value: Any) -> date | None:
    """A day as plain SQL returns it: SQLite has it as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value

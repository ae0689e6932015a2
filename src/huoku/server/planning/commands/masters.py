"""What only plans look at: forecasts, ways between sites, places, outlets, rates."""

from datetime import date
from typing import Annotated, Any

from pydantic import Field

from huoku.language import Sentence
from huoku.server.items.models import Item
from huoku.server.partners.models import Customer
from huoku.server.planning.models import (
    Disposal,
    Forecast,
    Lane,
    Outlet,
    PastUse,
    PlanningPlace,
    PlanningSettings,
)
from huoku.server.planning.reading.factory import bearing_of
from huoku.server.planning.rights import BRING_IN, EDIT
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Amount, Positive, in_columns, whole
from huoku.server.platform.kept import Unknown, add, change, must_be_new, named, nouns, opened, remove
from huoku.server.platform.models import Site
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import Asked, Code, Count, DueDay, Name, Opened, Words
from huoku.server.platform.sites import site_named

Days = Annotated[int, Field(ge=0, le=36_500)]
Share = Annotated[Amount, Field(le=1)]
Day = date
"""For models with a field of the name date."""


class ForecastFields(Asked):
    site: Code | None = None
    customer: Code | None = None
    priority: Count = 5
    price: Amount | None = None


class AddForecast(ForecastFields):
    code: Code
    item: Code
    qty: Positive
    due_on: DueDay
    kind: Forecast.Kind = Forecast.Kind.FORECAST


@command(right=EDIT)
def add_forecast(at: At, request: AddForecast) -> dict[str, object]:
    """A quantity that is expected by a day, or that a contract obliges to. Raises Taken, Unknown, NotWholeSteps."""
    must_be_new(at, Forecast, "code", request.code, code=request.code)
    item = named(at, Item, "item", request.item)
    values = in_columns(request, Forecast, decimals=item.decimals, skip=("item", "site", "customer"))
    row = Forecast(item=item, site_id=site_named(at, request.site), **values)
    if request.customer:
        row.customer = named(at, Customer, "customer", request.customer)
    return {**add(at, row), "code": row.code}


class ChangeForecast(Opened):
    qty: Positive | None = None
    due_on: DueDay | None = None


@command(right=EDIT)
def change_forecast(at: At, request: ChangeForecast) -> dict[str, object]:
    """Another quantity or day. Raises NotFound, Stale, NotWholeSteps."""
    row = opened(at, Forecast, request.id, request.version)
    values = in_columns(request, Forecast, decimals=row.item.decimals, skip=("id", "version"))
    return change(at, row, {name: value for name, value in values.items() if value is not None})


@command(right=EDIT)
def remove_forecast(at: At, request: Opened) -> dict[str, object]:
    """It is no longer expected. Raises NotFound, Stale."""
    return remove(at, opened(at, Forecast, request.id, request.version))


class AddLane(Asked):
    from_site: Code
    to_site: Code
    item: Code | None = None
    lead_time_days: Days = 0
    cost: Amount = Field(default="0", validate_default=True)


@command(right=EDIT)
def add_lane(at: At, request: AddLane) -> dict[str, object]:
    """Stock may be sent from one site to another. Raises Unknown, Taken."""
    ends = {name: site_named(at, getattr(request, name), name) for name in ("from_site", "to_site")}
    item = named(at, Item, "item", request.item) if request.item else None
    key = {f"{name}_id": site for name, site in ends.items()} | {"item": item}
    must_be_new(at, Lane, "to_site", f"{request.from_site} → {request.to_site}", **key)
    values = in_columns(request, Lane, skip=("from_site", "to_site", "item"))
    return add(at, Lane(**key, **values))


@command(right=EDIT)
def remove_lane(at: At, request: Opened) -> dict[str, object]:
    """Nothing is sent that way any more. Raises NotFound, Stale."""
    return remove(at, opened(at, Lane, request.id, request.version))


class DescribePlace(Asked):
    site: Code
    plant: Name = ""
    kind: Annotated[Name, Field(max_length=80)] = ""
    capacity: Amount | None = None


@command(right=EDIT)
def describe_place(at: At, request: DescribePlace) -> dict[str, object]:
    """What a plan has to know of a site. Raises Unknown."""
    site = int(site_named(at, request.site) or 0)
    values = in_columns(request, PlanningPlace, skip=("site",))
    row = PlanningPlace.objects.of(at.company_id).select_for_update().filter(site_id=site).first()
    return change(at, row, values) if row else add(at, PlanningPlace(site_id=site, **values))


MAY_BE_EMPTY = frozenset(
    ("risk_limit_minor", "excess_limit_millionths", "dead_warn_millionths", "dead_alarm_millionths")
)
"""Nothing given is a value of its own: no limit, or that of the company's stage."""


class LinesCrossed(Refused):
    code = "lines_crossed"
    words = Sentence(
        "呆滞提醒线 {value} 不能高过报警线 {alarm}。",
        "Dead stock cannot be told from {value} on only, above the alarm at {alarm}.",
    )


class SetPlanning(Asked):
    horizon_days: Annotated[int, Field(ge=1, le=36_500)] | None = None
    holding_rate: Annotated[Amount, Field(le=10)] | None = None
    salvage_rate: Share | None = None
    late_rate: Annotated[Amount, Field(le=10)] | None = None
    partial_shipments: bool | None = None
    frozen_days: Days | None = None
    change_rate: Annotated[Amount, Field(le=10)] | None = None
    change_days: Days | None = None
    substitute_mixing: PlanningSettings.Mixing | None = None
    future_use: PlanningSettings.FutureUse | None = None
    risk_limit: Amount | None = None
    excess_limit: Share | None = None
    company_stage: PlanningSettings.Stage | None = None
    dead_warn: Share | None = None
    dead_alarm: Share | None = None
    replans_by_itself: bool | None = None


@command(right=EDIT)
def set_planning(at: At, request: SetPlanning) -> dict[str, object]:
    """The horizon and the rates by which the company plans; what is not given stays. Raises NotWholeSteps,
    LinesCrossed."""
    values = in_columns(request, PlanningSettings, currency=at.actor.company.currency)
    given = {name: value for name, value in values.items() if value is not None or name in MAY_BE_EMPTY}
    row = PlanningSettings.objects.of(at.company_id).select_for_update().first()
    told = change(at, row, given) if row else add(at, PlanningSettings(**given))
    warn, alarm, _ = bearing_of(at.actor.company)
    if warn > alarm:
        raise LinesCrossed(field="dead_warn", value=f"{warn:.0%}", alarm=f"{alarm:.0%}")
    return told


class AddOutlet(Asked):
    item: Code | None = None
    code: Code
    kind: Annotated[str, Field(pattern="^(return|transfer|resale|promotion|scrap)$")]
    share: Amount | None = None
    fee: Amount | None = None
    least: Amount | None = None
    most: Amount | None = None
    until: date | None = None
    fade: Amount | None = None


@command(right=EDIT)
def add_outlet(at: At, request: AddOutlet) -> dict[str, object]:
    """Where leftovers can go, and what comes back for them. Raises Unknown, NotWholeSteps."""
    item = named(at, Item, "item", request.item) if request.item else None
    return add(at, Outlet(item=item, **in_columns(request, Outlet, decimals=6, skip=("item",))))


@command(right=EDIT)
def remove_outlet(at: At, request: Opened) -> dict[str, object]:
    """It takes nothing any more. Raises NotFound, Stale."""
    return remove(at, opened(at, Outlet, request.id, request.version))


class Used(Asked):
    item: Code
    date: Day
    qty: Amount
    site: Code | None = None
    customer: Code | None = None


class BringPastUse(Asked):
    rows: Annotated[list[Used], Field(min_length=1, max_length=200_000)]


@command(right=BRING_IN)
def bring_past_use(at: At, request: BringPastUse) -> dict[str, object]:
    """What was sold and used before the ledger began. Raises Unknown, NotWholeSteps."""
    items = _items(at, {row.item for row in request.rows})
    sites = {site.code: site.pk for site in Site.objects.of(at.company_id)}
    made = []
    for place, row in enumerate(request.rows):
        item = _known(items, row.item, place)
        if row.site is not None and row.site not in sites:
            raise Unknown(row=place, field="site", value=row.site, noun_zh="厂区", noun_en="site")
        steps = whole(row.qty, item.decimals, "qty")
        site = sites[row.site] if row.site else None
        known = {"item": item, "date": row.date, "site_id": site, "customer": row.customer or ""}
        made.append(PastUse(company_id=at.company_id, qty_steps=steps, **known))
    PastUse.objects.bulk_create(made, batch_size=1000)
    return {"rows": len(made)}


class Disposed(Asked):
    item: Code
    date: Day
    qty: Positive
    outlet: Annotated[Name, Field(max_length=80)] = ""
    proceeds: Amount | None = None
    value: Amount | None = None
    opened: Day | None = None
    supplier: Annotated[Name, Field(max_length=80)] = ""
    bought: Positive | None = None
    needed: Amount | None = None
    received_on: Day | None = None
    cause: Words = ""
    lesson: Words = ""


class BringDisposals(Asked):
    rows: Annotated[list[Disposed], Field(min_length=1, max_length=100_000)]


@command(right=BRING_IN)
def bring_disposals(at: At, request: BringDisposals) -> dict[str, object]:
    """Cases of leftovers that were closed before the system knew of cases. Raises Unknown, NotWholeSteps."""
    items = _items(at, {row.item for row in request.rows})
    made = []
    for place, row in enumerate(request.rows):
        item = _known(items, row.item, place)
        values: dict[str, Any] = in_columns(row, Disposal, decimals=item.decimals, skip=("item",))
        made.append(Disposal(company_id=at.company_id, item=item, **values))
    Disposal.objects.bulk_create(made, batch_size=1000)
    return {"rows": len(made)}


def _items(at: At, codes: set[str]) -> dict[str, Item]:
    return {item.code: item for item in Item.objects.of(at.company_id) if item.code in codes}


def _known(items: dict[str, Item], code: str, place: int) -> Item:
    if code not in items:
        raise Unknown(row=place, field="item", value=code, **nouns(Item))
    return items[code]

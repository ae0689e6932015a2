"""Adding, changing and classifying items, and their further units."""

from fractions import Fraction
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from huoku.language import Sentence
from huoku.server.items.abc import abc_classes
from huoku.server.items.models import Item, ItemUnit
from huoku.server.items.rights import EDIT
from huoku.server.platform.alike import INSISTS, AlthoughAlike, must_not_be_alike
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Amount, Positive, Ratio, in_columns
from huoku.server.platform.kept import Unknown, add, change, must_be_new, named, nouns, opened
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import PRINTED, Asked, Attributes, Code, Name, Opened, Words

UnitName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20, pattern=PRINTED)]
Days = Annotated[int, Field(ge=0, le=36_500)]


class SerialsAreWhole(Refused):
    code = "serials_are_whole"
    words = Sentence(
        "按序列号管理的物料只能一件一件计数，小数位数须为 0。",
        "An item that is kept by serial number is counted in whole pieces: decimals must be 0.",
    )


class OwnUnit(Refused):
    code = "own_unit"
    words = Sentence("{value} 就是这个物料自己的单位。", "{value} is the item's own unit.")


class ItemFields(Asked):
    """What is said of an item and may change."""

    name: Name = ""
    name_en: Name = ""
    spec: Words = ""
    kind: Item.Kind | None = None
    lifecycle: Item.Lifecycle = Item.Lifecycle.ACTIVE
    abc_class: Item.Abc | None = None
    lead_time_days: Days = 0
    shelf_life_days: Annotated[int, Field(ge=1, le=36_500)] | None = None
    safety_stock: Amount = Field(default="0", validate_default=True)
    lot_min: Amount = Field(default="0", validate_default=True)
    lot_multiple: Amount = Field(default="0", validate_default=True)
    lot_max: Positive | None = None
    unit_cost: Amount | None = None
    price: Amount | None = None
    setup_cost: Amount = Field(default="0", validate_default=True)
    volume: Amount | None = None
    attributes: Attributes = {}
    is_active: bool = True


class AddItem(ItemFields):
    code: Code
    unit: UnitName = "pcs"
    decimals: Annotated[int, Field(ge=0, le=6)] | None = Field(default=None, description="0 for the unit pcs, else 3.")
    tracking: Item.Tracking = Item.Tracking.NONE
    although_alike: AlthoughAlike = False


class ChangeItem(ItemFields, Opened):
    """Unit, decimals and tracking stay: what is in stock was counted by them."""


@command(right=EDIT)
def add_item(at: At, request: AddItem) -> dict[str, object]:
    """A new item. Raises Taken, Alike, SerialsAreWhole, NotWholeSteps."""
    must_be_new(at, Item, "code", request.code, code=request.code)
    must_not_be_alike(at, Item, request.code, request.although_alike)
    item = Item(company=at.actor.company, unit=request.unit, tracking=request.tracking)
    item.decimals = (0 if request.unit == "pcs" else 3) if request.decimals is None else request.decimals
    if item.tracking == Item.Tracking.SERIAL and item.decimals:
        raise SerialsAreWhole(field="decimals", value=item.decimals)
    for name, value in _columns(at, request, item, skip=("decimals", INSISTS)).items():
        setattr(item, name, value)
    return {**add(at, item), "code": item.code}


@command(right=EDIT)
def change_item(at: At, request: ChangeItem) -> dict[str, object]:
    """Other values for an item. Raises NotFound, Stale, NotWholeSteps."""
    item = opened(at, Item, request.id, request.version)
    return change(at, item, _columns(at, request, item, skip=("id", "version")))


def _columns(at: At, request: ItemFields, item: Item, skip: tuple[str, ...]) -> dict[str, Any]:
    currency = at.actor.company.currency
    values = in_columns(request, Item, decimals=item.decimals, currency=currency, skip=skip)
    if "abc_class" in values:
        values["abc_is_entered"] = values["abc_class"] is not None
    return {name: "" if value is None and name in ("kind", "abc_class") else value for name, value in values.items()}


class ItemValue(Asked):
    item: Code
    value: Amount


class ClassifyItems(Asked):
    """The value of each item's use in a year. Items that are not named get no class."""

    values: Annotated[list[ItemValue], Field(min_length=1, max_length=200_000)]
    a_share: Annotated[float, Field(gt=0, lt=1)] = 0.8
    b_share: Annotated[float, Field(gt=0, lt=1)] = 0.15


@command(right=EDIT)
def classify_items(at: At, request: ClassifyItems) -> dict[str, object]:
    """A, B and C by the value of use, save where a person gave the class. Raises Unknown."""
    classes = abc_classes({each.item: each.value for each in request.values}, request.a_share, request.b_share)
    rows = {item.code: item for item in Item.objects.of(at.company_id).select_for_update().order_by("code")}
    for place, each in enumerate(request.values):
        if each.item not in rows:
            raise Unknown(row=place, field="item", value=each.item, **nouns(Item))
    differing = [
        item for code, item in rows.items() if not item.abc_is_entered and item.abc_class != classes.get(code, "")
    ]
    for item in differing:
        change(at, item, {"abc_class": classes.get(item.code, "")})
    return {"changed": len(differing)}


class SetItemUnit(Asked):
    item: Code
    unit: UnitName
    ratio: Ratio = Field(description="Of the item's own unit, in one of this unit: 12 for a dozen, 1/3.")


@command(right=EDIT)
def set_item_unit(at: At, request: SetItemUnit) -> dict[str, object]:
    """A unit of an item, or a new ratio of one. What was counted by the old ratio stays. Raises Unknown, OwnUnit."""
    item = opened(at, Item, named(at, Item, "item", request.item).pk, None)  # one at a time for each item
    if request.unit == item.unit:
        raise OwnUnit(field="unit", value=request.unit)
    ratio = Fraction(request.ratio)
    before = ItemUnit.objects.of(at.company_id).filter(item=item, unit=request.unit).order_by("-edition").first()
    if before and before.is_current:
        change(at, before, {"is_current": False})
    made = ItemUnit(item=item, unit=request.unit, edition=before.edition + 1 if before else 1)
    made.numerator, made.denominator = ratio.as_integer_ratio()
    return {**add(at, made), "edition": made.edition}


@command(right=EDIT)
def retire_item_unit(at: At, request: Opened) -> dict[str, object]:
    """Nothing is counted by this unit any more. Raises NotFound, Stale."""
    return change(at, opened(at, ItemUnit, request.id, request.version), {"is_current": False})

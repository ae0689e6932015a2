"""Bills of material and substitutes: exact quantities, no overlap in time, no loops."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from huoku.language import Sentence
from huoku.server.items.loops import loop_through
from huoku.server.items.models import Bom, BomLine, Item, Substitute
from huoku.server.items.rights import EDIT
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Amount, Ratio, in_columns, whole
from huoku.server.platform.kept import Unknown, add, change, must_be_new, named, nouns, opened, remove
from huoku.server.platform.locks import alone
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import PRINTED, Asked, Code, Count, Opened, Words
from huoku.server.platform.validity import must_not_end_before_it_begins, must_not_overlap

Revision = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20, pattern=PRINTED)]
ScrapRate = Annotated[Amount, Field(lt=10)]


class BomLoops(Refused):
    code = "bom_loops"
    words = Sentence(
        "物料清单成环：{value}。一种物料不能间接用到自己。",
        "The bill of material goes round in a circle: {value}. Nothing can be made of itself.",
    )


class SubstitutesItself(Refused):
    code = "substitutes_itself"
    words = Sentence("{value} 不能替代自己。", "{value} cannot stand in for itself.")


class Line(Asked):
    component: Code
    qty: Ratio = Field(description="Of the component's unit, for one unit of the parent.")
    scrap_rate: ScrapRate = Field(default="0", validate_default=True)
    fixed_scrap: Amount = Field(default="0", validate_default=True)
    is_phantom: bool = False
    operation: Count | None = None


class BomFields(Asked):
    valid_from: date | None = None
    valid_to: date | None = None
    note: Words = ""


class AddBom(BomFields):
    parent: Code
    revision: Revision
    lines: Annotated[list[Line], Field(min_length=1, max_length=5_000)]


class ChangeBom(BomFields, Opened):
    """Lines, where they are given, replace those that are there."""

    lines: Annotated[list[Line], Field(min_length=1, max_length=5_000)] = []


@command(right=EDIT)
def add_bom(at: At, request: AddBom) -> dict[str, object]:
    """A revision of an item's bill. Raises Unknown, Taken, Overlaps, BomLoops, NotWholeSteps."""
    alone(at, "boms")
    parent = named(at, Item, "parent", request.parent)
    must_be_new(at, Bom, "revision", request.revision, parent=parent, revision=request.revision)
    bom = Bom(parent=parent, **in_columns(request, Bom, skip=("parent", "lines")))
    _must_be_valid_alone(at, bom)
    told = add(at, bom)
    _write_lines(at, bom, request.lines)
    return told


@command(right=EDIT)
def change_bom(at: At, request: ChangeBom) -> dict[str, object]:
    """Other dates or other lines. Raises NotFound, Stale, Unknown, Overlaps, BomLoops, NotWholeSteps."""
    alone(at, "boms")
    bom = opened(at, Bom, request.id, request.version)
    values = in_columns(request, Bom, skip=("id", "version", "lines"))
    told = change(at, bom, values, is_touched=bool(request.lines))
    _must_be_valid_alone(at, bom)
    if request.lines:
        BomLine.objects.of(at.company_id).filter(bom=bom).delete()
        _write_lines(at, bom, request.lines)
    return told


@command(right=EDIT)
def remove_bom(at: At, request: Opened) -> dict[str, object]:
    """Take a revision and its lines away. Raises NotFound, Stale."""
    return remove(at, opened(at, Bom, request.id, request.version))


def _must_be_valid_alone(at: At, bom: Bom) -> None:
    must_not_end_before_it_begins(bom.valid_from, bom.valid_to)
    others = Bom.objects.of(at.company_id).filter(parent_id=bom.parent_id).exclude(pk=bom.pk)
    must_not_overlap(others, bom.valid_from, bom.valid_to, lambda other: other.revision)


def _write_lines(at: At, bom: Bom, lines: Sequence[Line]) -> None:
    """Write the lines of a bill that has none. They go into the audit entry as one change of the bill."""
    codes = {line.component for line in lines}
    components = {item.code: item for item in Item.objects.of(at.company_id).filter(code__in=codes)}
    rows = []
    for place, line in enumerate(lines):
        if line.component not in components:
            raise Unknown(row=place, field="component", value=line.component, **nouns(Item))
        rows.append(_row(bom, place, line, components[line.component]))
    BomLine.objects.bulk_create(rows)
    if loop := loop_through(at.company_id, bom.parent_id, {row.component_id for row in rows}):
        known = Item.objects.of(at.company_id).in_bulk(loop)
        path = " → ".join(known[item_id].code for item_id in loop)
        raise BomLoops(field="lines", value=path)
    at.changed(bom, {}, {"lines": [line.model_dump(mode="json", exclude_unset=True) for line in lines]})


def _row(bom: Bom, place: int, line: Line, component: Item) -> BomLine:
    numerator, denominator = Fraction(line.qty).as_integer_ratio()
    return BomLine(
        company_id=bom.company_id,
        bom=bom,
        seq=place + 1,
        component=component,
        qty_numerator=numerator,
        qty_denominator=denominator,
        scrap_rate_millionths=whole(line.scrap_rate, 6),
        fixed_scrap_steps=whole(line.fixed_scrap, component.decimals, "fixed_scrap"),
        is_phantom=line.is_phantom,
        operation=line.operation,
    )


class SubstituteFields(Asked):
    ratio: Ratio = Field(default="1", description="Units of the substitute for one unit of the item.")
    priority: Count = 1
    valid_from: date | None = None
    valid_to: date | None = None


class AddSubstitute(SubstituteFields):
    item: Code
    substitute: Code
    parent: Code | None = Field(default=None, description="Only in this product; in every one where empty.")


class ChangeSubstitute(SubstituteFields, Opened):
    pass


@command(right=EDIT)
def add_substitute(at: At, request: AddSubstitute) -> dict[str, object]:
    """Something may be taken instead of an item. Raises Unknown, SubstitutesItself, EndsBeforeItBegins."""
    if request.item == request.substitute:
        raise SubstitutesItself(field="substitute", value=request.substitute)
    row = Substitute(
        item=named(at, Item, "item", request.item),
        substitute=named(at, Item, "substitute", request.substitute),
        parent=named(at, Item, "parent", request.parent) if request.parent else None,
        **_columns(request, skip=("item", "substitute", "parent")),
    )
    must_not_end_before_it_begins(row.valid_from, row.valid_to)
    return add(at, row)


@command(right=EDIT)
def change_substitute(at: At, request: ChangeSubstitute) -> dict[str, object]:
    """Other terms for a substitute. Raises NotFound, Stale, EndsBeforeItBegins."""
    row = opened(at, Substitute, request.id, request.version)
    told = change(at, row, _columns(request, skip=("id", "version")))
    must_not_end_before_it_begins(row.valid_from, row.valid_to)
    return told


@command(right=EDIT)
def remove_substitute(at: At, request: Opened) -> dict[str, object]:
    """It may not be taken any more. Raises NotFound, Stale."""
    return remove(at, opened(at, Substitute, request.id, request.version))


def _columns(request: SubstituteFields, skip: tuple[str, ...]) -> dict[str, Any]:
    values = in_columns(request, Substitute, skip=(*skip, "ratio"))
    if "ratio" in request.model_fields_set:
        values["ratio_numerator"], values["ratio_denominator"] = Fraction(request.ratio).as_integer_ratio()
    return values

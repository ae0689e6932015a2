"""Finding the rows that a request names, each once for a whole request."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from django.db.models import Model

from huoku.language import Sentence
from huoku.server.items.models import Item, ItemUnit
from huoku.server.platform import units
from huoku.server.platform.actor import Actor
from huoku.server.platform.exact import NotWholeSteps, plain
from huoku.server.platform.kept import Unknown, rows_for
from huoku.server.platform.models import Membership, User
from huoku.server.platform.naming import Names, Steps, marks_of
from huoku.server.platform.prepared import Prepared, given
from huoku.server.platform.refusals import Refused


class NameOrId(Refused):
    code = "name_or_id"
    words = Sentence(
        "{field} 或 {field}_id，要且只要填一个。", "Exactly one of {field} (its code) and {field}_id is wanted."
    )


@dataclass(frozen=True, slots=True)
class Counted:
    """How an item is counted."""

    id: int
    code: str
    unit: str
    decimals: int


_COUNTED = ("pk", "code", "unit", "decimals")


def _items() -> Any:
    return Item.objects.of_every_company().filter(company=given("company")).values_list(*_COUNTED)


_ITEM_CALLED = Prepared(lambda: _items().filter(code=given("code")))
_ITEM = Prepared(lambda: _items().filter(pk=given("id")))
_USER_CALLED = Prepared(
    lambda: (
        Membership.objects.of_every_company()
        .filter(company=given("company"), user__username=given("code"))
        .values_list("user_id")[:1]
    )
)


@cache
def _row_called(kind: Names) -> Prepared:
    """For actors who are limited to no site."""

    def query() -> Any:
        within = {kind.within: given("within")} if kind.within else {}
        rows: Any = kind.rows.objects.of_every_company()  # type: ignore[attr-defined]
        return rows.filter(company=given("company"), **{kind.code: given("code")}, **within).values_list("pk")[:1]

    return Prepared(query)


@dataclass(slots=True)
class Lookup:
    """What the actor may name, remembered as it was found."""

    actor: Actor
    ids: dict[tuple[str, str, int | None], int] = field(default_factory=dict)
    items: dict[int, Counted] = field(default_factory=dict)
    owned: dict[tuple[type[Model], Any], int | None] = field(default_factory=dict)
    codes: dict[tuple[type[Model], int], str] = field(default_factory=dict)

    def id_of(self, kind: Names, code: str, called: str, row: int | None, *, item: int | None = None) -> int:
        """The id of the row with this code. Raises Unknown."""
        key = (kind.model, code, item)
        if key not in self.ids:
            self.ids[key] = self._find(kind, code, called, row, item)
            self.codes[kind.rows, self.ids[key]] = code
        return self.ids[key]

    def _find(self, kind: Names, code: str, called: str, row: int | None, item: int | None) -> int:
        company = self.actor.company.pk
        if kind.rows is Item:
            for found in _ITEM_CALLED.rows(company=company, code=code):
                self.items[found[0]] = Counted(*found)
                return int(found[0])
        elif kind.rows is User:
            for (id,) in _USER_CALLED.rows(company=company, code=code):
                return int(id)
        elif self.actor.sites is None:
            for (id,) in _row_called(kind).rows(company=company, code=code, within=item):
                return int(id)
        else:
            within = {kind.within: item} if kind.within else {}
            rows = rows_for(self.actor, kind.rows).filter(**{kind.code: code}, **within)
            if id := rows.values_list("pk", flat=True).first():
                return int(id)
        raise Unknown(row=row, field=called, value=code, noun_zh=f" {called}", noun_en=called)

    def item_of(self, fields: Mapping[str, Any], steps: Steps, made: Mapping[str, Any], row: int | None) -> Counted:
        """The item that a quantity is of, over the row that the request names. Raises Unknown."""
        named = made.get(steps.of)
        if steps.way:
            marks = [*fields[steps.of].metadata, *marks_of(fields[steps.of].annotation)]
            model = next(mark for mark in marks if isinstance(mark, Names)).rows
            if (of_row := self.item_of_row(model, named)) is None:
                raise Unknown(row=row, field=steps.of, value=named or "", noun_zh=f" {steps.of}", noun_en=steps.of)
            named = of_row
        return self.item(named, row)

    def item_of_row(self, model: type[Model], id: Any) -> int | None:
        """The id of the item of a row that belongs to one, such as a lot; None where there is no such row."""
        key = (model, id)
        if key not in self.owned:
            rows: Any = model.objects.of(self.actor.company)  # type: ignore[attr-defined]
            self.owned[key] = rows.filter(pk=id).values_list("item_id", flat=True).first()
        return self.owned[key]

    def code_of(self, model: type[Model], id: int) -> str:
        """The code of the row with this id; "" where there is none any more."""
        key = (model, id)
        if key not in self.codes:
            rows: Any = model.objects.of(self.actor.company)  # type: ignore[attr-defined]
            self.codes[key] = rows.filter(pk=id).values_list("code", flat=True).first() or ""
        return self.codes[key]

    def item(self, id: Any, row: int | None = None) -> Counted:
        """The item with this id. Raises Unknown."""
        if id not in self.items:
            found = _ITEM.rows(company=self.actor.company.pk, id=id) if id else []
            if not found:
                raise Unknown(row=row, field="item", value=id or "", noun_zh="物料", noun_en="item")
            self.items[id] = Counted(*found[0])
        return self.items[id]

    def steps(
        self, item: Counted, value: Decimal, unit: str | None, called: str, row: int | None
    ) -> tuple[int, Fraction]:
        """``value`` of ``unit`` (the item's own where None) in whole smallest steps, and how many steps a unit is.
        Raises NotWholeSteps, NotConvertible."""
        ratio = self._in_own_unit(item, unit, row) * 10**item.decimals
        steps = Fraction(value) * ratio
        if steps.denominator != 1:
            raise NotWholeSteps(row=row, field=called, value=format(value, "f"), digits=item.decimals, unit=item.unit)
        return int(steps), ratio

    def _in_own_unit(self, item: Counted, unit: str | None, row: int | None) -> Fraction:
        if unit is None or unit == item.unit:
            return Fraction(1)
        own = ItemUnit.objects.of(self.actor.company).filter(item_id=item.id, unit=unit, is_current=True)
        if found := own.values_list("numerator", "denominator").first():
            return Fraction(*found)
        try:
            return units.ratio(unit, item.unit)
        except units.NotConvertible:
            raise units.NotConvertible(row=row, field="unit", value=unit, to=item.unit) from None

    def shown(self, item: int, steps: int) -> str:
        """Whole steps of an item as a decimal in its unit."""
        return plain(steps, self.item(item).decimals)

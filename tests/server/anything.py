"""Requests to any command, filled with what there is: mostly sensible, sometimes not."""

import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin
from uuid import UUID

from pydantic import BaseModel

CODES = {
    "item": "items.Item",
    "substitute": "items.Item",
    "supplier": "partners.Supplier",
    "customer": "partners.Customer",
    "site": "platform.Site",
    **dict.fromkeys(
        ("location", "from_location", "to_location", "return_to", "origin", "target", "place", "work_in_progress"),
        "ledger.Location",
    ),
}
"""Fields that name a row by its code."""
ROWS = {
    "requirement": "sales.Requirement",
    "shipment_line": "sales.ShipmentLine",
    "requests": "purchasing.PurchaseRequest",
    "order_id": "purchasing.PurchaseOrder",
    "orders": "production.WorkOrder",
    "movement": "ledger.Movement",
    "count": "ledger.Count",
    "proposals": "planning.Proposal",
}
"""Fields that name one by its id."""
QUANTITIES = ("0", "0.5", "1", "1", "2", "3", "5", "10", "10", "40", "1000")


class Anything:
    """Fills requests for a company at a time."""

    def __init__(self, company: Any, now: datetime, chance: random.Random) -> None:
        self.company, self.now, self.chance = company, now, chance
        self.row: Any = None

    def request(self, what: Any) -> dict[str, Any]:
        """Fields of a request to this command, as plain values."""
        self.row = self._opened(what)
        return self._filled(what.request)

    def _opened(self, what: Any) -> Any:
        """A row that the command is about: mostly one that stands where the command may be sent."""
        from huoku.server.documents.course import COURSES
        from huoku.server.platform.tables.table import TABLES

        table = next((table for table in TABLES.values() if what in table.commands()), None)
        if table is None or "id" not in what.request.model_fields:
            return None
        rows = table.model.objects.of(self.company)
        course = COURSES.get(table.model._meta.label_lower)
        step = next((step for step in course.steps if step.command == what.name), None) if course else None
        if step and self.chance.random() < 0.85:
            rows = rows.filter(state__in=step.of)
        return self._one(list(rows.order_by("pk")))

    def _one(self, rows: Any) -> Any:
        return self.chance.choice(rows) if rows else None

    def _any_of(self, label: str, column: str) -> Any:
        from django.apps import apps

        model = apps.get_model(label)
        rows = model.objects.of(self.company) if hasattr(model.objects, "of") else model.objects
        return self._one(list(rows.order_by("pk").values_list(column, flat=True)))

    def _filled(self, model: type[BaseModel]) -> dict[str, Any]:
        values = {}
        for name, field in model.model_fields.items():
            if field.is_required() or self.chance.random() < 0.35:
                annotation = Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
                values[name] = self._value(name, annotation)
        return {name: value for name, value in values.items() if value is not None}

    def _value(self, name: str, annotation: Any) -> Any:
        from huoku.server.platform.naming import Names, marks_of

        kind = _bare(annotation)
        if name == "id" and self.row is not None:
            return self.row.pk
        if name == "version":
            return getattr(self.row, "version", 1) if self.chance.random() < 0.9 else 1
        if get_origin(kind) is list:
            (inner,) = get_args(kind)
            return [self._value(name, inner) for _ in range(self.chance.choice((1, 1, 1, 2, 3)))]
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return self._filled(kind)
        if name == "line":
            return self._line()
        mark = next((mark for mark in marks_of(annotation) if isinstance(mark, Names)), None)
        if mark:
            return self._any_of(mark.model, "pk")
        if name in ROWS:
            return self._any_of(ROWS[name], "pk")
        if name in CODES and kind is str:
            return self._any_of(CODES[name], "code") or "?"
        return self._plain(name, kind)

    def _line(self) -> Any:
        """A line of the row at hand: its id, or in production its number."""
        if self.row is None:
            return 1
        for name, column in (("components", "seq"), ("lines", "pk")):
            if hasattr(self.row, name):
                column = "seq" if self.row._meta.app_label == "production" else column
                return self._one(list(getattr(self.row, name).order_by("pk").values_list(column, flat=True))) or 1
        return 1

    def _plain(self, name: str, kind: Any) -> Any:
        if kind is bool:
            return self.chance.random() < 0.5
        if kind is Decimal:
            return self.chance.choice(QUANTITIES)
        if kind is int:
            return self.chance.choice((1, 1, 2, 3, 10, 50, 2000))
        if kind is date:
            return self.now.date() + timedelta(days=self.chance.randint(-10, 60))
        if kind is datetime:
            return self.now - timedelta(hours=self.chance.choice((0, 1, 30, 2000)))
        if kind is UUID:
            return UUID(int=self.chance.getrandbits(128))
        if get_origin(kind) is Literal:
            return self.chance.choice(get_args(kind))
        if isinstance(kind, type) and issubclass(kind, Enum):
            return self.chance.choice(list(kind))
        if kind is str:
            return self._text(name)
        return {}

    def _text(self, name: str) -> str:
        if name in ("demand", "supply", "document", "from_supply"):
            label, kind = self.chance.choice(
                (("sales.SalesLine", "sales.line"), ("production.WorkOrder", "production.order"))
            )
            return f"{kind}:{self._any_of(label, 'pk') or 1}"
        if name in ("number", "code", "key"):
            return f"X-{self.chance.randint(1, 99)}"
        if name in ("lot", "lot_code"):
            return self.chance.choice(("", self._any_of("ledger.Lot", "code") or "L", f"L{self.chance.randint(1, 9)}"))
        if name == "ratio":
            return self.chance.choice(("1", "2", "1/3"))
        if name == "currency":
            return "CNY"
        return self.chance.choice(("", "原因 a reason"))


def _bare(annotation: Any) -> Any:
    """Without marks and without None."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return _bare(next(each for each in get_args(annotation) if each is not type(None)))
    return annotation

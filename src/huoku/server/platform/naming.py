"""How a field of a request is called and counted outside: by codes and in units, as lists show it.

Commands work with ids and whole steps. A field that holds one says so by a mark in its annotation; whoever stands at a
door (the interface, an importer) takes names and decimals there and hands on what the command wants.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from django.apps import apps
from django.db import models

from huoku.server.platform.requests import Id


@dataclass(frozen=True, slots=True)
class Names:
    """The field holds the id of a row of ``model``. Outside ``item`` is the row's code and ``item_id`` its id; where
    the rows have no ``code``, the field stays as it is. ``within``: the field that a code belongs to."""

    model: str
    code: str = "code"
    within: str = ""

    @property
    def rows(self) -> type[models.Model]:
        return apps.get_model(self.model)


@dataclass(frozen=True, slots=True)
class Steps:
    """The field holds whole steps of an item; outside it is a decimal in the item's unit, or in ``unit`` where that is
    given. ``of``: the field that leads to the item, and the way from its row to the item ("": it is the item)."""

    of: str = "item"
    way: str = ""


@dataclass(frozen=True, slots=True)
class Millionths:
    """The field holds whole millionths; outside it is a decimal."""


@dataclass(frozen=True, slots=True)
class Minor:
    """The field holds the smallest amount of the company's currency; outside it is a decimal."""


@dataclass(frozen=True, slots=True)
class Called:
    """Outside the field has another name; "" where it does not exist there."""

    name: str


Mark = Names | Steps | Millionths | Minor | Called

SiteId = Annotated[Id, Names("platform.Site")]
UserId = Annotated[Id, Names("platform.User", code="username")]


def marks_of(annotation: Any) -> Iterator[Mark]:
    """The marks in an annotation, also within a union or a list."""
    if get_origin(annotation) is Annotated:
        inner, *extras = get_args(annotation)
        yield from (each for each in extras if isinstance(each, Mark))
        yield from marks_of(inner)
    elif get_origin(annotation) in (Union, UnionType, list):
        for each in get_args(annotation):
            yield from marks_of(each)

"""The tables of the item master, one idea a file."""

from huoku.server.items.models.bom import Bom, BomLine, Substitute
from huoku.server.items.models.file import ItemFile
from huoku.server.items.models.item import Item, ItemUnit
from huoku.server.items.models.routing import CalendarDay, Operation, Resource

__all__ = [
    "Bom",
    "BomLine",
    "CalendarDay",
    "Item",
    "ItemFile",
    "ItemUnit",
    "Operation",
    "Resource",
    "Substitute",
]

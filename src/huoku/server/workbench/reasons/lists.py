"""What reasons of every kind need: the full list behind some rows, quantities in an item's unit."""

from fractions import Fraction

from django.urls import reverse

from huoku.language import Sentence
from huoku.server.office.opening import list_address
from huoku.server.platform.actor import Actor
from huoku.server.platform.tables.table import TABLES

ELSEWHERE = Sentence("您看不到的厂区", "at sites that you do not see")


def listed(actor: Actor, table: str, **equal: str) -> str:
    """The address of a table's list, filtered; "" where the actor may not read it."""
    return list_address(table, **equal) if actor.may(TABLES[table].read) else ""


def row_of(actor: Actor, table: str, id: object) -> str:
    """The address of the page of a row; "" where the actor may not read it."""
    return reverse("office_row", args=(table, str(id))) if actor.may(TABLES[table].read) else ""


def in_units(steps: int, decimals: int) -> Fraction:
    return Fraction(steps, 10**decimals)

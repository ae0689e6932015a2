"""What reasons of every kind need: the list behind some rows, a line with its day, quantities in an item's unit."""

from fractions import Fraction

from django.urls import reverse

from huoku.language import Sentence
from huoku.server.look.speaking import language
from huoku.server.office.opening import list_address
from huoku.server.platform.actor import Actor
from huoku.server.platform.tables.table import TABLES

ELSEWHERE = Sentence("您看不到的厂区", "at sites that you do not see")
ON_ITS_DAY = Sentence("{number} · {item} · {day}", "{number} · {item} · {day}")
LATE = Sentence("{number} · {item} · {day}，晚 {late} 天", "{number} · {item} · {day}, {late} {late|day|days} late")


def listed(actor: Actor, table: str, **equal: str) -> str:
    """The address of a table's list, filtered; "" where the actor may not read it."""
    return list_address(table, **equal) if actor.may(TABLES[table].read) else ""


def row_of(actor: Actor, table: str, id: object) -> str:
    """The address of the page of a row; "" where the actor may not read it."""
    return reverse("office_row", args=(table, str(id))) if actor.may(TABLES[table].read) else ""


def in_units(steps: int, decimals: int) -> Fraction:
    return Fraction(steps, 10**decimals)


def words_of_day(number: str, item: str, day: object, late: int = 0) -> str:
    """A line of an order with its day, and where it is late by how many days."""
    return (LATE if late > 0 else ON_ITS_DAY).say(language(), number=number, item=item, day=day, late=late)

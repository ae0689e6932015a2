"""Where a row opens: on the page of its table, or on a screen that a room above made for it; and where rows stand that
have something in common."""

from django.urls import reverse
from django.utils.http import urlencode

SCREENS: dict[str, str] = {}
"""By table, the name of the address of its rows' own screen."""


def address_of(table: str, row: object) -> str:
    """``row``: its id."""
    if table in SCREENS:
        return reverse(SCREENS[table], args=(row,))
    return reverse("office_row", args=(table, str(row)))


def list_address(table: str, **equal: str | int) -> str:
    """The list of a table, its rows alone in which these columns are so."""
    asked = urlencode({f"filter[{column}][eq]": value for column, value in equal.items()})
    return reverse("office_list", args=(table,)) + (f"?{asked}" if asked else "")

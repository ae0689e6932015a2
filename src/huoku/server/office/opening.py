"""Where a row opens: on the page of its table, or on a screen that a room above made for it."""

from django.urls import reverse

SCREENS: dict[str, str] = {}
"""By table, the name of the address of its rows' own screen."""


def address_of(table: str, row: object) -> str:
    """``row``: its id."""
    if table in SCREENS:
        return reverse(SCREENS[table], args=(row,))
    return reverse("office_row", args=(table, str(row)))

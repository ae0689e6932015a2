"""A figure that says why it is what it is."""

from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import get_script_prefix, reverse
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

from huoku.server.office.reasons import FIGURES_WITH_REASON

register = template.Library()


@register.simple_tag(takes_context=True)
def why(context: template.Context, figure: str, about: object, shown: object, **more: Any) -> SafeString | str:
    """``{% why "item.on_hand" item.pk stock.on_hand|qty %}``: a figure as a button that opens the rows it is made of.

    ``about``: the id of what it is of, "" for a figure of the whole company; ``more``: what its reason asks for
    besides. For whoever may not know the rows, and where there is nothing to be shown, it stays plain text. Raises
    KeyError where no reason is declared.
    """
    told = FIGURES_WITH_REASON[figure]
    if shown in (None, "") or not told.may_know(context["actor"]):
        return conditional_escape("" if shown is None else str(shown))
    # Put together by hand: a list has hundreds of them.
    words = conditional_escape(shown if isinstance(shown, str) else str(shown))
    return mark_safe(f"{BUTTON}{escape(address_of(figure, about, more))}{OPENS}{words}</button>")


BUTTON = '<button type="button" class="why" data-why="'
OPENS = '" aria-haspopup="dialog" aria-expanded="false">'


def address_of(figure: str, about: object, more: dict[str, Any]) -> str:
    if about == "":
        there = _address(get_script_prefix(), figure)
    elif isinstance(about, int):
        there = f"{_address(get_script_prefix(), figure)}/{about}"
    else:
        there = reverse("office_why", args=[figure, about])
    return f"{there}?{urlencode(more)}" if more else there


@lru_cache(maxsize=1_000)
def _address(prefix: str, figure: str) -> str:
    """``prefix``: under which the pages lie, which the address begins with."""
    return reverse("office_why", args=[figure])

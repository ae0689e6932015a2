"""A figure that says why it is what it is."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

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
    return format_html(
        '<button type="button" class="why" data-why="{}" aria-haspopup="dialog" aria-expanded="false">{}</button>',
        address_of(figure, about, more),
        shown,
    )


def address_of(figure: str, about: object, more: dict[str, Any]) -> str:
    there = reverse("office_why", args=[figure] if about == "" else [figure, about])
    return f"{there}?{urlencode(more)}" if more else there

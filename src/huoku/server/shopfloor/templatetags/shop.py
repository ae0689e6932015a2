"""Figures as these pages show them."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django import template

from huoku.language import Sentence
from huoku.server.look.speaking import language
from huoku.server.office.choices import called as name_of_code
from huoku.server.office.values import of_the_books
from huoku.server.platform.exact import plain

register = template.Library()


@register.filter
def steps(value: int, decimals: int) -> str:
    """Smallest steps as a decimal in the item's unit."""
    return plain(value, decimals)


@register.filter
def called(code: str) -> Sentence:
    """What a code is called."""
    return name_of_code(code)


@register.filter
def percent(value: Fraction | float | None) -> str:
    """A share as whole per cent; nothing where there is none."""
    return "" if value is None else f"{float(value):.0%}"


@register.filter
def of(found: Mapping[Any, Any], name: Any) -> Any:
    """What ``found`` has under a name."""
    return found.get(name)


@register.filter
def place(code: str) -> str:
    """What is written on a shelf; a place that only the books have by its words."""
    return of_the_books(code, language())

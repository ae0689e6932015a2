"""Figures as these pages show them."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django import template

from huoku.server.platform.exact import plain

register = template.Library()


@register.filter
def steps(value: int, decimals: int) -> str:
    """Smallest steps as a decimal in the item's unit."""
    return plain(value, decimals)


@register.filter
def percent(value: Fraction | float | None) -> str:
    """A share as whole per cent; nothing where there is none."""
    return "" if value is None else f"{float(value):.0%}"


@register.filter
def of(found: Mapping[Any, Any], name: Any) -> Any:
    """What ``found`` has under a name."""
    return found.get(name)

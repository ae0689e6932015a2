"""Figures as these screens show them: the same as reports and the command line."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from huoku.language import Sentence, kept
from huoku.report import numbers
from huoku.report.drawing import Picture
from huoku.report.markup import Html
from huoku.report.pegging_bars import CERTAINTIES
from huoku.server.items.models import Resource
from huoku.server.look.speaking import language
from huoku.server.office import bars
from huoku.server.office.choices import called
from huoku.server.platform.exact import minor_digits

register = template.Library()
GRADES = " LMHE"


@register.filter
def qty(value: float | None) -> str:
    return numbers.qty(value)


@register.filter
def hours(value: float | None) -> str:
    """Hours of work, to a tenth."""
    return numbers.qty(None if value is None else round(value, 1))


@register.filter
def as_number(value: date) -> str:
    """A day as addresses of reasons have it: 20261207."""
    return f"{value:%Y%m%d}"


@register.filter
def bar(part: float) -> SafeString:
    """A part of a whole, as a small bar and its percent."""
    return bars.bar(part)


@register.filter
def signed(value: float | None) -> str:
    """A quantity that came or went."""
    return f"+{numbers.qty(value)}" if value is not None and value > 0 else numbers.qty(value)


@register.filter
def about(value: float) -> str:
    """A rate: one digit after the point where it is small."""
    return numbers.qty(round(value, 1) if value < 100 else round(value))


@register.filter
def days(value: Fraction | None) -> str:
    """How many days on average: one digit after the point."""
    return numbers.NOTHING if value is None else numbers.qty(float(round(value, 1)))


@register.filter
def named(code: str) -> Sentence:
    """What a code is called: the kind of a proposal, the state of a run."""
    return called(code)


@register.filter
def share(value: float | None) -> str:
    return numbers.share(value)


@register.filter
def money(value: float | Fraction | None, currency: str) -> str:
    return numbers.money(None if value is None else float(value), currency)


@register.filter
def exactly(value: Fraction, currency: str) -> str:
    """An amount of money with its cents."""
    return numbers.money(float(value), currency, cents=minor_digits(currency) > 0)


@register.filter
def whole(value: float, decimals: int) -> str:
    """A quantity in the steps of its item."""
    return numbers.qty(round(value, decimals))


@register.filter
def steps(value: int | None, decimals: int) -> str:
    """Steps of an item as a quantity."""
    return numbers.qty(None if value is None else value / 10**decimals)


@register.simple_tag
def kept_words(zh: str, en: str) -> str:
    """A sentence that was kept in both languages."""
    return kept(zh, en, language())


@register.filter
def unit_price(value: float | None, currency: str) -> str:
    return numbers.price(value, currency)


@register.filter
def lost(value: float, currency: str) -> str:
    """What is lost, without its sign: the words say it."""
    return numbers.price(abs(value), currency)


@register.filter
def of(known: Mapping[Any, Any], name: object) -> Any:
    """What a mapping holds under a name; nothing where it does not."""
    return known.get(name, "")


@register.filter
def minutes_a_day(resource: Resource) -> float:
    return resource.minutes_per_day_millionths / 1_000_000


@register.filter
def near(value: date | None, today: date) -> str:
    return numbers.day(value, today)


@register.simple_tag
def grade(value: int, words: str) -> SafeString | str:
    """Grade of an excess: one to four bars, a letter, and its share."""
    if not value:
        return numbers.NOTHING
    letter = GRADES[value]
    return format_html('<span class="lv v{}"><i aria-hidden="true"></i><b>{}</b> {}</span>', value, letter, words)


@register.filter
def drawn(chart: Picture | Html) -> SafeString:
    """A chart of the reports, or a part of one, in the colours of the page; its texts are escaped where it is drawn."""
    return mark_safe(chart.inline if isinstance(chart, Picture) else chart)


@register.simple_tag
def coverage(covered: Mapping[str, float]) -> SafeString:
    """A bar of what covers a need: stock, what is on order, what is not confirmed, what is only planned."""
    whole, at, drawn_parts = sum(covered.values()) or 1.0, 0.0, []
    for kind in CERTAINTIES:
        width = 100 * covered[kind] / whole
        if width:
            drawn_parts.append((kind, f"{at:.2f}%", f"{width:.2f}%"))
        at += width
    bars = format_html_join("", '<rect class="c-{}" x="{}" width="{}" height="100%"/>', drawn_parts)
    told = numbers.share((covered["stock"] + covered["supply"]) / whole)
    return format_html('<svg class="cover" role="img" aria-label="{}">{}</svg>', told, bars)

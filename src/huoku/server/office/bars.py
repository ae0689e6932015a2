"""A part of a whole as people see it at a glance: its percent beside a small bar."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from huoku.report.numbers import share

BAR = (
    '<span class="part"><svg aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 100 8">'
    '<rect width="{}" height="8"/></svg>{}</span>'
)


def bar(part: float) -> SafeString:
    """``part`` of 1; what is more than all of it is drawn as all, and said as it is."""
    return format_html(BAR, round(100 * min(max(part, 0.0), 1.0)), share(part))

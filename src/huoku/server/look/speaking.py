"""The language in which a page speaks."""

from django.utils.translation import get_language

from huoku.language import Language


def language() -> Language:
    """The reader's, as his request says it."""
    return "zh" if (get_language() or "zh").startswith("zh") else "en"

"""The language in which a page speaks."""

from functools import lru_cache

from django.utils.translation import get_language

from huoku.language import Language, Sentence

TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")
DAYS_OF_WEEK = (
    *(Sentence("周一", "Mon"), Sentence("周二", "Tue"), Sentence("周三", "Wed"), Sentence("周四", "Thu")),
    *(Sentence("周五", "Fri"), Sentence("周六", "Sat"), Sentence("周日", "Sun")),
)


def named(row: object, lang: Language) -> str:
    """What a row is called for somebody who reads ``lang``: by its own ``name``, or by ``name_en`` where it has one
    and he reads English."""
    return name_in(lang, str(getattr(row, "name", "")), str(getattr(row, "name_en", "")))


def name_in(lang: Language, own: str, english: str) -> str:
    """Whichever of the two there is, the reader's first."""
    return english or own if lang == "en" else own or english


def language() -> Language:
    """The reader's, as his request says it."""
    return spoken(get_language() or "")


@lru_cache(maxsize=64)
def spoken(tag: str) -> Language:
    """By a language tag such as ``zh-hant`` or ``en-GB``; what is not known reads Simplified Chinese."""
    tag = tag.lower()
    if tag.startswith("en"):
        return "en"
    return "zh-hant" if tag.startswith(TRADITIONAL) else "zh"

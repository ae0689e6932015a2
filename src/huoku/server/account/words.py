"""Sentences of these pages in the language of whoever reads them."""

from django.utils.translation import get_language

from huoku.language import Language, Sentence


def language() -> Language:
    return "zh" if (get_language() or "zh").startswith("zh") else "en"


def said(words: Sentence, **facts: object) -> str:
    return words.say(language(), **facts)

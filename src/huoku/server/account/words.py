"""Sentences of these pages in the language of whoever reads them."""

from django.utils.functional import lazy

from huoku.language import Sentence
from huoku.server.look.speaking import language


def said(words: Sentence, **facts: object) -> str:
    return words.say(language(), **facts)


told = lazy(said, str)
"""The same for what is declared once and read by many, such as the label of a field."""
NAME = told(Sentence("姓名", "Name"))

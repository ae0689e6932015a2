"""Sentences of these pages in the language of whoever reads them."""

from huoku.language import Sentence
from huoku.server.look.speaking import language


def said(words: Sentence, **facts: object) -> str:
    return words.say(language(), **facts)

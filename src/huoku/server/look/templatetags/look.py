"""What templates say and draw: sentences in the reader's language, icons, marks."""

from functools import lru_cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.urls import get_script_prefix
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from huoku.language import Language, Sentence
from huoku.server.look import preferences
from huoku.server.look.speaking import language, named

register = template.Library()


def say(zh: str | Sentence, en: str = "", **fields: object) -> str:
    """A sentence in the reader's language: ``{% say "新建" "New" %}``, or one that Python made: ``{% say title %}``."""
    sentence = zh if isinstance(zh, Sentence) else Sentence(zh, en)
    return sentence.say(language(), **fields)


SAY = template.Library()
SAY.simple_tag(say)


class Said(template.Node):
    """A sentence that stands in a template whole, without fields: a long list says the same ones in every row."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.safe: dict[Language, SafeString] = {}

    def render(self, context: template.Context) -> str:
        lang = language()
        if not context.autoescape:
            return self.sentence.say(lang)
        if lang not in self.safe:
            self.safe[lang] = conditional_escape(self.sentence.say(lang))
        return self.safe[lang]


@register.tag("say")
def compiled_say(parser: Any, token: Any) -> template.Node:
    """See ``say``."""
    node: Any = SAY.tags["say"](parser, token)
    plain = [each.var for each in node.args if isinstance(each.var, str) and not each.filters]
    is_whole = len(plain) == len(node.args) == 2 and not node.kwargs and node.target_var is None
    return Said(Sentence(*map(str, plain))) if is_whole else node


@register.simple_tag
def language_tag() -> str:
    """For ``<html lang>``: what screen readers and fonts go by."""
    return get_language() or "zh-hans"


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing beside a word; it says nothing by itself."""
    return _icon(get_script_prefix(), name)


@lru_cache(maxsize=1_000)
def _icon(prefix: str, name: str) -> SafeString:
    """``prefix``: under which the pages lie, which addresses begin with. A list has hundreds of them."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', static("vendor/icons.svg"), name
    )


@register.simple_tag
def mark(level: str) -> SafeString:
    """The shape of a level, with its letter: R octagon stopped, O diamond urgent, Y triangle watch, G circle well, N
    square neutral."""
    return format_html('<i class="mk {0}" aria-hidden="true">{0}</i>', level)


@register.simple_tag(takes_context=True)
def look_attributes(context: template.Context) -> SafeString:
    """The chosen look as attributes of the page's root."""
    look = preferences.look_of(context["request"])
    return format_html('data-theme="{}" data-density="{}" data-scale="{}"', look.theme, look.density, look.scale)


@register.inclusion_tag("look/choices.html", takes_context=True)
def look_choices(context: template.Context) -> dict[str, Any]:
    """Buttons for every choice of look."""
    look = preferences.look_of(context["request"])
    return {
        "choices": [
            (name, title, [(value, words, getattr(look, name) == value) for value, words in values.items()])
            for name, (title, values) in preferences.CHOICES.items()
        ]
    }


@register.inclusion_tag("look/languages.html", takes_context=True)
def languages(context: template.Context) -> dict[str, Any]:
    """Buttons for every language, which lead back to this page."""
    return {
        "csrf_token": context.get("csrf_token"),
        "here": context["request"].get_full_path(),
        "languages": [("zh-hans", "简体", "zh-Hans"), ("zh-hant", "繁體", "zh-Hant"), ("en", "EN", "en")],
        "now": get_language() or "zh-hans",
    }


@register.filter
def name_of(row: object) -> str:
    """What an item, a customer, a supplier or a resource is called for this reader: ``{{ item|name_of }}``."""
    return named(row, language())


@register.filter
def sheets(names: str) -> list[str]:
    """The addresses of style sheets of ours."""
    return [static(f"look/{name}.css") for name in names.split()]

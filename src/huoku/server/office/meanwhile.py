"""What somebody else wrote into a row while a form about it stood open: told before it is written over."""

from collections.abc import Iterable

from huoku.language import LISTED, Language, Sentence
from huoku.server.office.asking import Field
from huoku.server.office.values import NO, YES, called_in
from huoku.server.office.words import label
from huoku.server.platform.tables.table import Table

MEANWHILE = Sentence(
    "别人刚刚改过，您填的还没有保存。现在存的是：{told}。请核对下面；再提交一次，就改成您填的。",
    "Somebody changed it meanwhile, and yours is not saved. What is kept now: {told}. Look again: sent once more, "
    "what stands below replaces that.",
)
ONE = Sentence("{name}“{value}”", "{name} “{value}”")
NOTHING = Sentence("（空）", "(nothing)")


def written_meanwhile(table: Table, sent: Iterable[Field], kept: Iterable[Field], lang: Language) -> str:
    """Each field that says something else than what is kept now, with that; "" where there is none."""
    now = {each.name: each for each in kept}
    differing = [now[each.name] for each in sent if each.kind != "rows" and _text(each) != _text(now[each.name])]
    told = LISTED.say(lang).join(
        ONE.say(lang, name=label(each.name, lang), value=_shown(table, each, lang)) for each in differing
    )
    return MEANWHILE.say(lang, told=told) if told else ""


def _text(field: Field) -> str:
    return str(bool(field.value)) if field.kind == "flag" else str("" if field.value is None else field.value).strip()


def _shown(table: Table, field: Field, lang: Language) -> str:
    if field.kind == "flag":
        return (YES if field.value else NO).say(lang)
    called = called_in(table, field.name, _text(field))
    return called.say(lang) if called else _text(field) or NOTHING.say(lang)

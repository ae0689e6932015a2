"""An explanation for the terminal: facts, the rule, and the tree with its lines, in aligned columns."""

from collections.abc import Iterator, Sequence

from huoku.language import Language, Sentence
from huoku.plan.explain.explanation import Explanation, Fact, Need, Source
from huoku.report.numbers import MINUS, money, price, qty, share
from huoku.report.resource_text import held_up_lines, hours, load_lines, span_lines, work_lines
from huoku.report.terminal import columns, table, width

WRAP = 100

SUBJECTS = {
    "order": Sentence("计划订单", "planned order"),
    "demand": Sentence("需求", "demand"),
    "supply": Sentence("在途订单", "open supply"),
    "item": Sentence("物料", "item"),
    "resource": Sentence("资源", "resource"),
}
SOURCES = {
    "stock": Sentence("库存", "stock"),
    "supply": Sentence("在途 {name}", "on order {name}"),
    "buy": Sentence("采购 {name}", "buy {name}"),
    "make": Sentence("生产 {name}", "make {name}"),
    "transfer": Sentence("调拨 {name}", "transfer {name}"),
}
LOT = Sentence("库存 {name}", "stock {name}")
STANDS_IN = Sentence("替代料 {item} {qty}：{source}", "substitute {item} {qty}: {source}")
RESERVED = Sentence("{source}（预留）", "{source} (reserved)")
PART_OF = Sentence("（共 {whole}）", " (of {whole})")
USERS = {
    "demand": Sentence("需求", "demand"),
    "order": Sentence("生产", "make"),
    "transfer": Sentence("调拨", "transfer"),
    "supply": Sentence("在制", "open make"),
    "forecast": Sentence("预测", "forecast"),
    "safety": Sentence("安全库存", "safety stock"),
}
DAYS = Sentence("{days} 天", "{days} {days|day|days}")
WHY = Sentence("为什么", "Why")
RULE = Sentence("依据", "Rule")
FED_BY = Sentence("由什么供应", "What feeds it")
USED_BY = Sentence("谁要用", "Who takes it")
GETS = Sentence("从哪里来", "Where it comes from")
DAY_BY_DAY = Sentence("库存推演", "Stock day by day")
LEFT = Sentence("最后一天剩下", "Left on the last day")
PARENTS = Sentence("用在", "Used in")
LOAD = Sentence("负荷", "Load")
FULL = Sentence("排满的日子", "Full days")
WORK = Sentence("排在上面的单", "Orders on it")
HELD_UP = Sentence("因此迟交", "What it makes late")
HEADS = {
    "qty": Sentence("数量", "qty"),
    "from": Sentence("来自", "from"),
    "there": Sentence("到", "there"),
    "used": Sentence("用", "used"),
    "date": Sentence("日期", "date"),
    "for": Sentence("做什么", "for"),
    "level": Sentence("结存", "level"),
    "value": Sentence("价值", "value"),
    "odds": Sentence("用掉机会", "odds of use"),
    "loss": Sentence("预计损失", "expected loss"),
    "per": Sentence("单件用量", "per piece"),
    "supplier": Sentence("供应商", "supplier"),
}
HOLDS_UP = Sentence("◀ 卡住交期", "◀ holds it up")
NO_SLACK = Sentence("◀ 没有余地", "◀ no day to spare")
TODAY = Sentence("今天", "today")


def explain_text(explanation: Explanation, lang: Language) -> str:
    """The whole explanation as lines for a terminal of 100 columns or more."""
    lines = [_headline(explanation, lang), *_flow(explanation.facts, explanation, lang)]
    if explanation.reason:
        lines += ["", f"{WHY.say(lang)}{'：' if lang != 'en' else ': '}{explanation.reason}"]
    lines += explanation.notes if not explanation.reason else ()
    if explanation.rule:
        lines += ["", RULE.say(lang), *_flow(explanation.rule, explanation, lang)]
    for title, body in (
        (FED_BY, _tree(explanation, lang)),
        (GETS, _sources(explanation, lang)),
        (USED_BY, _uses(explanation, lang)),
        (DAY_BY_DAY, _movements(explanation, lang)),
        (LEFT, _leftovers(explanation, lang)),
        (PARENTS, _parents(explanation, lang)),
        (HELD_UP, held_up_lines(explanation, lang)),
        (FULL, span_lines(explanation, lang)),
        (LOAD, load_lines(explanation, lang)),
        (WORK, work_lines(explanation, lang)),
    ):
        if body:
            lines += ["", title.say(lang), *body]
    return "\n".join(lines)


def _headline(explanation: Explanation, lang: Language) -> str:
    kind = SUBJECTS[explanation.kind].say(lang)
    item = " ".join(word for word in (explanation.item, explanation.item_name) if word)
    return f"{explanation.subject}  {kind}  {item if explanation.kind != 'item' else explanation.item_name}".rstrip()


def figure(fact: Fact, currency: str, lang: Language) -> str:
    """The value of a fact as it is read."""
    value = fact.value
    if isinstance(value, str) or value is None:
        return value or "—"
    if not isinstance(value, int | float):
        return value.isoformat()
    if fact.measure == "qty":
        return f"{qty(value)} {fact.unit}".rstrip()
    if fact.measure == "days":
        return DAYS.say(lang, days=value)
    if fact.measure == "minutes":
        return hours(value, lang)
    if fact.measure == "share":
        return share(value)
    return price(value, currency) if fact.measure == "price" else money(value, currency, cents=True)


def _flow(facts: Sequence[Fact], explanation: Explanation, lang: Language) -> list[str]:
    """Facts one after the other, as many on a line as fit."""
    lines: list[str] = []
    for fact in facts:
        told = f"{fact.label.say(lang)} {figure(fact, explanation.currency, lang)}"
        if lines and width(lines[-1]) + width(told) + 3 <= WRAP:
            lines[-1] += f" · {told}"
        else:
            lines.append(f"  {told}")
    return lines


def _tree(explanation: Explanation, lang: Language) -> list[str]:
    if not explanation.needs:
        return []
    head = ("", HEADS["qty"].say(lang), HEADS["from"].say(lang), HEADS["there"].say(lang), HEADS["used"].say(lang), "")
    mark = (HOLDS_UP if explanation.is_late else NO_SLACK).say(lang)
    return columns([head, *_branches(explanation.needs, "", lang, mark, is_root=True)], right={1})


def _branches(
    needs: Sequence[Need], before: str, lang: Language, mark: str, *, is_root: bool = False
) -> Iterator[tuple[str, ...]]:
    """The rows of one level: a need with one source takes one row, else one and one for each source."""
    for number, need in enumerate(needs):
        is_last = number == len(needs) - 1
        stem = "" if is_root else f"{before}{'└─ ' if is_last else '├─ '}"
        under = "" if is_root else f"{before}{'   ' if is_last else '│  '}"
        label = f"{stem}{need.item} {need.item_name}".rstrip()
        amount = f"{qty(need.qty)} {need.unit}"
        if len(need.sources) == 1:
            source = need.sources[0]
            yield (label, amount, *_origin(source, need, lang, mark))
            yield from _branches(source.needs, under, lang, mark)
            continue
        yield (label, amount, "", "", need.date.isoformat(), "")
        for place, source in enumerate(need.sources):
            ends = place == len(need.sources) - 1
            name = f"{under}{'└─ ' if ends else '├─ '}{_called(source, lang)}"
            _, there, used, tight = _origin(source, need, lang, mark)
            yield (name, f"{qty(source.covers)} {need.unit}", _part(source, lang).strip(), there, used, tight)
            yield from _branches(source.needs, f"{under}{'   ' if ends else '│  '}", lang, mark)


def _origin(source: Source, need: Need, lang: Language, mark: str) -> tuple[str, str, str, str]:
    there = TODAY.say(lang) if source.kind == "stock" else source.available.isoformat()
    tight = mark if source.is_tight else ""
    return f"{_called(source, lang)}{_part(source, lang)}", there, need.date.isoformat(), tight


def _called(source: Source, lang: Language) -> str:
    if source.kind == "stock":
        called = LOT.say(lang, name=source.name) if source.name else SOURCES["stock"].say(lang)
    else:
        called = SOURCES[source.kind].say(lang, name=source.name)
    if source.is_reserved:
        called = RESERVED.say(lang, source=called)
    if source.stands_for is None:
        return called
    return STANDS_IN.say(lang, item=source.item, qty=qty(source.qty), source=called)


def _part(source: Source, lang: Language) -> str:
    """The quantity of the whole order where only a part of it flows here."""
    if source.whole_qty is None or abs(source.whole_qty - source.qty) < 1e-6:
        return ""
    return PART_OF.say(lang, whole=qty(source.whole_qty))


def _say(lang: Language, *heads: str) -> list[str]:
    return [HEADS[head].say(lang) if head else "" for head in heads]


def _sources(explanation: Explanation, lang: Language) -> list[str]:
    rows = [
        (
            source.available.isoformat(),
            _called(source, lang),
            f"{qty(source.qty)} {explanation.unit}",
            source.supplier or "",
        )
        for source in explanation.sources
    ]
    return table(_say(lang, "there", "from", "qty", "supplier"), rows, {2}, lang)


def _uses(explanation: Explanation, lang: Language) -> list[str]:
    rows = [
        (
            use.date.isoformat(),
            f"{USERS[use.kind].say(lang)} {use.name}",
            f"{qty(use.qty)} {explanation.unit}",
            f"{use.item} {use.item_name}".rstrip(),
        )
        for use in explanation.uses
    ]
    return table(_say(lang, "date", "", "qty", "for"), rows, {2}, lang)


def _movements(explanation: Explanation, lang: Language) -> list[str]:
    rows = []
    for move in explanation.movements:
        sign = "+" if move.qty >= 0 else MINUS
        name = move.name or (SOURCES["stock"].say(lang) if move.kind == "stock" else "")
        rows.append((move.date.isoformat(), name, f"{sign}{qty(abs(move.qty))}", qty(move.level)))
    return table(_say(lang, "date", "", "qty", "level"), rows, {2, 3}, lang)


def _leftovers(explanation: Explanation, lang: Language) -> list[str]:
    currency = explanation.currency
    rows = [
        (
            left.cause,
            f"{qty(left.qty)} {explanation.unit}",
            money(left.value, currency, cents=True),
            share(left.p_use),
            money(left.expected_loss, currency, cents=True),
        )
        for left in explanation.leftovers
    ]
    return table(_say(lang, "from", "qty", "value", "odds", "loss"), rows, {1, 2, 3, 4}, lang)


def _parents(explanation: Explanation, lang: Language) -> list[str]:
    rows = [(f"{parent.item} {parent.item_name}".rstrip(), qty(parent.per)) for parent in explanation.parents]
    return table(_say(lang, "", "per"), rows, {1}, lang)

"""The figures of one way to buy: its expected cost, what of its rest has to be used, and what probably will be."""

from fractions import Fraction

from django.http import Http404

from huoku.language import Sentence
from huoku.plan.buying import Advice, Line
from huoku.report import numbers
from huoku.report.buying import KINDS, PARTS
from huoku.server.look.speaking import language
from huoku.server.office.reasons import Asked, Reason, Row, why
from huoku.server.planning.advising import advice
from huoku.server.planning.offered import offers_of
from huoku.server.planning.purchases import purchase
from huoku.server.platform.actor import Actor
from huoku.server.workbench.reasons.purchases import may_decide

LEAST = 0.005
"""Parts of less money are not told."""
PAID = Sentence("{qty} × {price}", "{qty} × {price}")
INSTEAD = Sentence("不这样买而是：{name}", "instead: {name}")
UNUSED = Sentence("余料就算全用不掉，也值", "the rest, were none of it used")
MORE = Sentence(
    "{item}：多花 {more}；余料全用掉能省 {all}，{more} ÷ {all} = {needed}",
    "{item}: {more} more; used whole the rest saves {all}, {more} ÷ {all} = {needed}",
)
USES = Sentence(
    "一年里再用 {amount}（可能 {chance}），占余料 {share}", "{amount} more in a year ({chance}): {share} of the rest"
)
LOST = Sentence("{left} × {price} × 用不掉 {dies}", "{left} × {price} × {dies} never used")


def _option(actor: Actor, asked: Asked) -> tuple[Advice, Line]:
    """Raises Http404."""
    of = purchase(actor, asked.id)
    told = advice(of.proposal, offers_of(actor, of.proposal, language())) if of else None
    place = asked.place("option")
    if told is None or place >= len(told.lines):
        raise Http404
    return told, told.lines[place]


def _exact(value: float) -> Fraction:
    return Fraction(value)


@why(
    "option.cost",
    Sentence("期望总成本", "Expected cost"),
    Sentence(
        "现在付的钱，加余料的持有成本，减去余料以后用掉省下的和变卖收回的，按各种可能平均。",
        "What is paid now and for keeping the rest, less what the rest saves when it is used and fetches when it is "
        "not, on average over what may happen.",
    ),
    may_decide,
)
def cost(actor: Actor, asked: Asked) -> Reason:
    told, line = _option(actor, asked)
    rows = [
        Row(_called(name, line, told), _exact(money))
        for name, money in line.parts._asdict().items()
        if abs(money) >= LEAST
    ]
    return Reason(KINDS[line.kind].say(language()), rows, currency=told.currency)


def _called(name: str, line: Line, told: Advice) -> str:
    words = PARTS[name].say(language())
    if name != "cash" or not line.qty:
        return words
    return f"{words} {_times(line.qty, line.unit_price, told)}"


def _times(qty: float, price: float, told: Advice) -> str:
    return PAID.say(language(), qty=numbers.qty(qty), price=numbers.price(price, told.currency))


@why(
    "option.needed",
    Sentence("余料要用掉多少才划算", "How much of the rest has to be used"),
    Sentence(
        "按起订量买比另一办法多花的钱，除以余料全部用掉能省下的钱。",
        "What the minimum costs more than the other way, by what the rest saves if all of it is used.",
    ),
    may_decide,
)
def needed(actor: Actor, asked: Asked) -> Reason:
    told, line = _option(actor, asked)
    found, lang = line.break_even, language()
    other = next((each for each in told.lines if each.leftover < line.leftover), None)
    if found is None or other is None or not 0 < found.needed <= 1:
        raise Http404
    paid, instead = line.cash + line.parts.extra, other.cost
    unused = paid - instead - _more(line, other)
    rows = [
        Row(_called("cash", line, told), _exact(paid)),
        Row(INSTEAD.say(lang, name=KINDS[other.kind].say(lang)), _exact(-instead)),
        Row(UNUSED.say(lang), _exact(-unused)),
    ]
    more = sum((row.amount for row in rows), Fraction(0))
    words = {"more": numbers.money(float(more), told.currency), "needed": numbers.share(found.needed)}
    saved = numbers.money(float(more) / found.needed, told.currency)
    about = MORE.say(lang, item=told.item, all=saved, **words)
    return Reason(about, [row for row in rows if abs(row.amount) >= LEAST], currency=told.currency)


def _more(line: Line, other: Line) -> float:
    """What the option costs more than the other one if nothing of its rest is used. Both lie on one line of money over
    the part used: at what is expected the cost, at what is needed the cost of the other."""
    found = line.break_even
    assert found is not None
    if abs(found.needed - found.odds) < 1e-9:
        return 0.0
    return (line.cost - other.cost) * found.needed / (found.needed - found.odds)


@why(
    "option.used",
    Sentence("估计能用掉多少余料", "How much of the rest will probably be used"),
    Sentence(
        "一年里可能再用的每种数量，乘它的可能；加起来就是估计能用掉的部分。",
        "Every amount that may be used within the year, times how likely it is: together the part that is expected to "
        "be used.",
    ),
    may_decide,
)
def used(actor: Actor, asked: Asked) -> Reason:
    told, line = _option(actor, asked)
    rows = [
        Row(
            USES.say(
                language(),
                amount=numbers.qty(round(use.amount)),
                chance=numbers.share(use.chance),
                share=numbers.share(use.share),
            ),
            _exact(100 * use.chance * use.share),
        )
        for use in line.uses
        if use.chance > 0
    ]
    return Reason(told.item, rows, digits=0, unit="%")


@why(
    "option.tied",
    Sentence("余料占用的资金", "Cash tied up in the rest"),
    Sentence("没人要的数量乘单价。", "What nobody needs, times its price."),
    may_decide,
)
def tied(actor: Actor, asked: Asked) -> Reason:
    told, line = _option(actor, asked)
    words = _times(line.leftover, line.unit_price, told)
    return Reason(told.item, [Row(words, _exact(line.leftover * line.unit_price))], currency=told.currency)


@why(
    "option.loss",
    Sentence("余料的期望损失", "Expected loss on the rest"),
    Sentence(
        "用不掉的那部分余料的钱，减去变卖收回的。", "The money of the rest that is never used, less what it fetches."
    ),
    may_decide,
)
def loss(actor: Actor, asked: Asked) -> Reason:
    told, line = _option(actor, asked)
    card, lang = told.card, language()
    lost = line.dies * line.leftover * line.unit_price
    total = card.expected_loss if card and line is told.minimum else max(0.0, lost + min(0.0, line.parts.salvaged))
    each = numbers.price(line.unit_price, told.currency)
    words = LOST.say(lang, left=numbers.qty(line.leftover), price=each, dies=numbers.share(line.dies))
    rows = [Row(words, _exact(lost)), Row(PARTS["salvaged"].say(lang), _exact(total - lost))]
    return Reason(told.item, [row for row in rows if abs(row.amount) >= LEAST], currency=told.currency)

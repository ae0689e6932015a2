"""One purchase with everything that its decision takes: what it is for, what its minimum leaves, the ways to buy it
beside each other, and what can still be talked about."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import uuid4

from huoku.language import Language, Sentence, kept
from huoku.plan.buying import Advice, Line
from huoku.report.buying import break_even_text, pack_tables, remembered, talk, verdict
from huoku.report.numbers import money, price, qty, share
from huoku.report.option_chart import plot_options
from huoku.server.look.speaking import DAYS_OF_WEEK, language, named
from huoku.server.partners.models import REASONS
from huoku.server.planning.advising import advice
from huoku.server.planning.levers import LEVERS, Pulled, pulled
from huoku.server.planning.models import Proposal
from huoku.server.planning.offered import Offers, offers_of
from huoku.server.planning.purchases import Limits, Purchase
from huoku.server.planning.sequence import last_run
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.workbench.feeding import fed_by
from huoku.server.workbench.options import Column, columns_of
from huoku.server.workbench.views.filing import filing

MOST_NOTE = 400
ACCEPTED_PRICES = Sentence("可以接受的单价（数量 ≤ 单价）：", "Unit prices that can be accepted (quantity ≤ price):")
BY_OFFER = Sentence(
    "书面报价已经登记，可以直接下单，比计划的做法省 {saved}。",
    "The written offer is filed: it can be ordered at once and saves {saved} against what the plan does.",
)
KNOWN = Sentence("登记的替代料：", "Known substitutes:")
UNDER_MINIMUM = Sentence(
    "{item}：要 {need}，起订 {minimum}，怎么买？", "{item}: {need} needed, MOQ {minimum}. How to buy?"
)
TO_NEED = Sentence("{item}：要 {need}，怎么买？", "{item}: {need} needed. How to buy?")
PAYS = Sentence("所以买 {qty} 划算。", "So buying {qty} pays.")
DOES_NOT = Sentence("所以不买 {qty}。", "So {qty} are not bought.")
EACH = Sentence("每件 +{money}", "+{money} each")
SMALL_FIRST = Sentence("先 {qty}，余 {rest}", "{qty}, then {rest}")
TO_PAY = Sentence("{qty} ≤ {price}", "{qty} ≤ {price}")
SAVES = Sentence("{name}：比按起订量买省 {saved}", "{name}: saves {saved} against the minimum")


class Excess(NamedTuple):
    """Of buying under the cheapest offer's minimum: what would be left over, and what of its money is lost."""

    place: int
    minimum: float
    multiple: float | None
    left: float
    part: float
    grade: int
    tied: float
    loss: float


class Piece(NamedTuple):
    """Part of a sentence; ``figure``: the reason that it opens, "" where it is plain words."""

    words: str
    figure: str


def drawer(
    actor: Actor, of: Purchase, limits: Limits, asked: Mapping[int, Sequence[Pulled]] | None = None
) -> dict[str, Any]:
    """All of it, in the words of the reports. ``asked``: what others were asked for, where that is known already."""
    lang, row = language(), of.proposal
    run, offers = last_run(actor), offers_of(actor, row, lang)
    if run is not None and run.pk == row.run_id:
        row.run = run
    told, today = advice(row, offers), business_day(actor.company, page_time())
    facts = {
        "purchase": of,
        "question": _question(of, told, lang),
        "feeds": fed_by(actor, row),
        "is_open": row.state == Proposal.State.OPEN,
        "why": kept(row.why_zh, row.why_en, lang),
        "currency": actor.company.currency,
        "today": today,
        "weekday": DAYS_OF_WEEK[row.due_on.weekday()],
        "key": uuid4().hex,
        "advice": told,
        "levers": LEVERS,
        "asked": (pulled(actor, [row]) if asked is None else asked).get(row.pk, ()),
        "limits": limits,
        "notes": {},
        "worth": {},
        "offers": offers.rows,
        **filing(actor, row, told, offers),
    }
    return facts if told is None else facts | _of_advice(actor, row, told, offers)


def _of_advice(actor: Actor, row: Proposal, told: Advice, offers: Offers) -> dict[str, Any]:
    lang, today = offers.lang, business_day(actor.company, page_time())
    options = columns_of(actor, row, told, offers, today)
    return {
        "notes": _notes(told, lang),
        "worth": _worth(told, lang),
        "options": options,
        "breadth": min(len(options), 10),
        "excess": _excess(row, told, options, offers),
        "balance": _balance(told, lang),
        "balanced": next((each.place for each in options if each.line is _balanced(told)), 0),
        "why_minimum": REASONS.get(told.moq_reason or ""),
        "remembered": list(remembered(told, lang)),
        "verdict": list(verdict(told, lang)),
        "by_offer": _by_offer(told, offers),
        "is_risky": any(line.cvar > 1.01 * line.cost for line in told.lines),
        "talk": list(talk(told, lang)),
        "pack": list(pack_tables(told, lang)),
        "curve": plot_options(told, lang),
        "suggested": _suggested(told, options, lang),
    }


def _question(of: Purchase, told: Advice | None, lang: Language) -> str:
    """What has to be decided, as a title."""
    item = of.proposal.item
    words = {
        "item": named(item, lang),
        "need": qty(told.qty if told and told.order == of.proposal.order else of.needed),
    }
    minimum = told.minimum.qty if told and told.minimum else of.moq
    if minimum is None or minimum <= of.needed:
        return TO_NEED.say(lang, **words)
    least = of.moq if told is None or told.card is None else told.card.minimum
    return UNDER_MINIMUM.say(lang, **words, minimum=qty(least or minimum))


def _excess(row: Proposal, told: Advice, options: Sequence[Column], offers: Offers) -> Excess | None:
    card = told.card
    place = next((each.place for each in options if each.line is told.minimum), None)
    if card is None or place is None or card.excess <= 0:
        return None
    terms, grade = offers.terms_of(options[place].line.whom), options[place].grade
    multiple = None if terms is None else terms.multiple_steps / 10**row.item.decimals
    money = card.cash_tied_up, card.expected_loss
    return Excess(place, card.minimum, multiple, card.excess, card.excess_share, grade, *money)


def _balanced(told: Advice) -> Line | None:
    """The purchase whose rest is looked at: the minimum, else what the plan does."""
    return told.minimum if told.minimum and told.minimum.break_even else told.taken


def _balance(told: Advice, lang: Language) -> Sequence[Piece]:
    """What of the rest has to be used for the minimum to pay, against the odds; both figures open their reasons."""
    line = _balanced(told)
    if line is None or line.break_even is None:
        return ()
    sentence, found = break_even_text(line, told, lang), line.break_even
    if not 0 < found.needed <= 1:
        return [Piece(f"{sentence}{'。' if lang != 'en' else '.'}", "")]
    pieces = list(_marked(sentence, {share(found.needed): "option.needed", share(found.odds): "option.used"}))
    end = "。" if lang != "en" else ". "
    words = PAYS if found.pays else DOES_NOT
    return [*pieces, Piece(end + words.say(lang, qty=qty(line.qty)), "")]


def _marked(sentence: str, figures: Mapping[str, str]) -> Iterator[Piece]:
    """The sentence in pieces: each figure in the order in which it stands."""
    rest = sentence
    for figure, reason in figures.items():
        before, found, rest = rest.partition(figure)
        yield Piece(before, "")
        if found:
            yield Piece(figure, reason)
    yield Piece(rest, "")


def _suggested(told: Advice, options: Sequence[Column], lang: Language) -> Mapping[int, str]:
    """By place of an option a line that says why it is taken, for whoever has nothing better to write."""
    minimum = told.minimum
    if minimum is None:
        return {}
    return {
        each.place: SAVES.say(lang, name=each.name.say(lang), saved=money(minimum.cost - each.line.cost, told.currency))
        for each in options
        if each.line.cost < minimum.cost - 0.5
    }


def _notes(told: Advice, lang: Language) -> dict[str, str]:
    """What the plan knows to add to the text of a lever."""
    stand_ins = [f"{each.item} {each.name} × {qty(each.ratio)}" for each in told.candidates[1:]]
    prices = (
        [f"{qty(point.qty)} ≤ {price(point.at_once, told.currency)}" for point in told.pack.points] if told.pack else []
    )
    later = next((line for line in told.lines if line.kind == "wait"), None)
    known = {
        "negotiate": " ".join(
            [*talk(told, lang), *([f"{ACCEPTED_PRICES.say(lang)} {'; '.join(prices)}"] if prices else [])]
        ),
        "substitute": f"{KNOWN.say(lang)} {', '.join(stand_ins)}" if stand_ins else "",
        "wait": f"{later.whom} {later.date}" if later else "",
    }
    return {name: text[:MOST_NOTE] for name, text in known.items() if text}


def _worth(told: Advice, lang: Language) -> Mapping[str, str]:
    """By lever what it is about, in a figure beside its name."""
    minimum, card = told.minimum, told.card
    if minimum is None or card is None or card.excess <= 0:
        return {}
    later = next((line for line in told.lines if line.kind == "wait"), None)
    found: dict[str, str] = {
        "quote": qty(told.qty),
        "split": SMALL_FIRST.say(lang, qty=qty(told.qty), rest=qty(minimum.leftover)),
        "negotiate": _price_to_pay(told, lang),
        "substitute": told.candidates[1].item if len(told.candidates) > 1 else "",
        "wait": f"{later.date:%m-%d}" if later and later.date else "",
        "charge": EACH.say(lang, money=price(round(card.expected_loss / told.qty, 2), told.currency)),
    }
    return {name: words for name, words in found.items() if words}


def _price_to_pay(told: Advice, lang: Language) -> str:
    """The least quantity of which a price is known that makes it as good as the best way."""
    points = told.pack.points if told.pack else ()
    point = next((each for each in points if each.at_once is not None), None)
    return "" if point is None else TO_PAY.say(lang, qty=qty(point.qty), price=price(point.at_once, told.currency))


def _by_offer(told: Advice, offers: Offers) -> str:
    """What is best may be a written offer: then nobody has to arrange it any more."""
    if told.best is None or told.taken is None or offers.of(told.best) is None:
        return ""
    return BY_OFFER.say(offers.lang, saved=money(told.taken.cost - told.best.cost, told.currency))


def line_at(told: Advice | None, place: str) -> Line | None:
    """The option of this number."""
    if told is None or not place.isdecimal() or int(place) >= len(told.lines):
        return None
    return told.lines[int(place)]

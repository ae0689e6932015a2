"""The ways to buy one purchase as columns beside each other: what each is called, how bad its rest is, what it rests
on."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from huoku.buy.options.option import Kind
from huoku.language import Language, Sentence
from huoku.metrics.lines import Lines
from huoku.plan.buying import Advice, Line
from huoku.report import numbers
from huoku.report.buying import SHORT
from huoku.server.planning.models import Proposal
from huoku.server.planning.offered import Offers
from huoku.server.planning.purchases import grade_of
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for

NEED_ALONE = Sentence("只买 {qty}", "{qty} alone")
AT_ONCE = Sentence("一次 {qty}", "{qty} at once")
IN_CALLS = Sentence("签 {whole}，先 {qty}", "{whole} in all, {qty} now")
JOINED = Sentence("{qty} / 合买 {whole}", "{qty} of {whole}")
WITH_LATER = Sentence("合 {due} 的需求", "with the need of {due}")


class Basis(NamedTuple):
    """What an option rests on: a level's shape with its letter, and the words."""

    level: str
    letter: str
    words: str


LISTED = ("G", "C", Sentence("价目表", "price list"))
VERBAL = ("Y", "U", Sentence("口头，待书面", "verbal, not in writing"))
PLANNED = ("N", "I", Sentence("看计划的需求", "a planned need"))
WRITTEN = Sentence("书面 {number}", "written {number}")
LISTED_SINCE = Sentence("价目 {since}", "list of {since}")
WAITS: Mapping[Kind, tuple[str, str, Sentence]] = {
    "small_lot": VERBAL,
    "split_delivery": VERBAL,
    "substitute": ("Y", "P", Sentence("待工程批", "engineer to approve")),
    "redesign": ("Y", "P", Sentence("待工程批", "engineer to approve")),
    "charge": ("Y", "P", Sentence("待客户答应", "customer to agree")),
    "decline": ("Y", "P", Sentence("待业务定", "sales to decide")),
    "share": ("N", "I", Sentence("待别家答应", "others to agree")),
    "wait": PLANNED,
    "pull_forward": PLANNED,
    "together": ("G", "C", Sentence("价目表，一起下单", "price list, ordered together")),
}
"""Options that somebody else has to agree to; the others stand in a price list."""


@dataclass(frozen=True, slots=True)
class Column:
    """One option. ``under``: a line below its name; ``grade`` of its leftover as the list grades purchases;
    ``is_cheapest``: of all, whatever the owner's limits say."""

    place: int
    line: Line
    name: Sentence
    under: str
    grade: int
    basis: Basis
    can_be_taken: bool
    is_best: bool
    is_cheapest: bool

    @property
    def part_left(self) -> float:
        return self.line.leftover / self.line.qty if self.line.qty else 0.0


def can_be_taken(line: Line) -> bool:
    """Does it need nobody but the buyer? A mix is several orders, which the plan proposes one by one."""
    return line.taken or (line.by_plan and line.kind != "mix")


def columns_of(actor: Actor, row: Proposal, told: Advice, offers: Offers, today: date) -> Sequence[Column]:
    """The options in the order of their cost, those first that can be ordered with a press where they cost the same."""
    later, own = _later(actor, row, told), {row.supplier.code, row.supplier.name} if row.supplier else set()
    lines = Lines(told.dead_warn, told.dead_alarm)
    least = min((line.cost for line in told.lines), default=0.0)
    return [
        Column(
            place=place,
            line=line,
            name=SHORT[line.kind],
            under=" · ".join([*_under(line, own, later, offers, today)][::-1]),
            grade=grade_of(line.leftover, _loss(line), line.cash, lines),
            basis=_basis(line, offers, today),
            can_be_taken=can_be_taken(line) or offers.of(line) is not None,
            is_best=line is told.best,
            is_cheapest=line.cost == least,
        )
        for place, line in enumerate(told.lines)
    ]


def _loss(line: Line) -> float:
    """What of the leftover's money is expected never to come back."""
    return max(0.0, line.dies * line.leftover * line.unit_price + min(0.0, line.parts.salvaged))


def _under(line: Line, own: Set[str], later: Mapping[str, date], offers: Offers, today: date) -> Iterator[str]:
    """``own``: the supplier that the purchase is of; it stands above all columns."""
    lang = offers.lang
    if line.whom in later:
        yield WITH_LATER.say(lang, due=numbers.day(later[line.whom], today))
    elif line.whom and line.whom not in own:
        yield line.whom
    bought = numbers.qty(line.qty)
    if line.rest:
        yield IN_CALLS.say(lang, whole=numbers.qty(line.qty + line.rest), qty=bought)
    elif line.in_all is not None:
        yield JOINED.say(lang, qty=bought, whole=numbers.qty(line.in_all))
    elif line.qty:
        yield (AT_ONCE if line.leftover > 0 else NEED_ALONE).say(lang, qty=bought)


def _later(actor: Actor, row: Proposal, told: Advice) -> Mapping[str, date]:
    """By their name in the plan, when the later purchases come that an option speaks of."""
    names = [line.whom for line in told.lines if line.kind in ("wait", "pull_forward")]
    if not names:
        return {}
    named = rows_for(actor, Proposal).filter(item=row.item_id, run=row.run_id, order__in=names)
    return dict(named.values_list("order", "due_on"))


def _basis(line: Line, offers: Offers, today: date) -> Basis:
    lang: Language = offers.lang
    if offer := offers.of(line):
        return Basis("G", "C", WRITTEN.say(lang, number=offer.number))
    terms = offers.terms_of(line.whom)
    if line.kind in WAITS or terms is None or terms.valid_from is None:
        level, letter, words = WAITS.get(line.kind, LISTED)
        return Basis(level, letter, words.say(lang))
    return Basis("G", "C", LISTED_SINCE.say(lang, since=numbers.day(terms.valid_from, today)))

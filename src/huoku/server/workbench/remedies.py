"""The ways out of a shortage as its page lists them: cheapest first, what each costs in money and days, whom it hurts,
what doing it changes; and what those that are ticked come to together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from huoku.language import SEMICOLON, Language, Sentence, kept
from huoku.report import numbers
from huoku.server.office.words import capital
from huoku.server.platform.actor import Actor
from huoku.server.platform.exact import minor_digits
from huoku.server.platform.roles import ROLES_CALLED
from huoku.server.shortages.allowed import may_do, who_may
from huoku.server.shortages.called import WAYS
from huoku.server.shortages.combining import APART, Together, best_of, can_join, covers, together
from huoku.server.shortages.comparing import LASTING
from huoku.server.shortages.models import Hit, ShortageCase, Way
from huoku.server.shortages.rights import ACT

Kind = Way.Kind
ICONS: Mapping[str, str] = {
    Kind.STOCK: "package",
    Kind.LEFT_AT_WORK: "arrow-back-up",
    Kind.TRANSFER: "transfer",
    Kind.SUBSTITUTE: "link",
    Kind.NEAR_MATCH: "link",
    Kind.TAKE_OVER: "users",
    Kind.WAIT: "clock",
    Kind.EXPEDITE: "phone",
    Kind.BUY: "shopping-cart",
    Kind.MAKE: "tools",
    Kind.BUILD_PART: "box",
    Kind.RESEQUENCE: "timeline",
}
CHANGES: Mapping[str, Sentence] = {
    Kind.STOCK: Sentence("预留 {qty} 给 {order}", "{qty} are reserved for {order}"),
    Kind.LEFT_AT_WORK: Sentence("{qty} 从完工单退库，留给 {order}", "{qty} go back to the store, for {order}"),
    Kind.TRANSFER: Sentence(
        "在 {site} 留下 {qty}，开一张调拨申请", "{qty} are kept at {site}, a transfer is asked for"
    ),
    Kind.SUBSTITUTE: Sentence("替代料 {qty} 发给 {order}", "{qty} of the substitute are issued to {order}"),
    Kind.NEAR_MATCH: Sentence("工程师批准后，近似料发给 {order}", "once an engineer agrees it is issued to {order}"),
    Kind.TAKE_OVER: Sentence(
        "{victim} 的预留少 {qty}，另开它的缺料单", "{victim} loses {qty} and has its own shortage"
    ),
    Kind.WAIT: Sentence(
        "在途 {qty} 留给 {order}，{day} 开工", "{qty} on order are kept for {order}, which starts {day}"
    ),
    Kind.EXPEDITE: Sentence("采购今天收到催货任务", "the buyer is asked today to hurry the supplier"),
    Kind.BUY: Sentence("急采请购 {qty}，采购马上看到", "an urgent request for {qty}; buyers see it at once"),
    Kind.MAKE: Sentence("开一张 {qty} 的工单并下达", "a work order for {qty} is released"),
    Kind.BUILD_PART: Sentence(
        "{order} 减到料够做的数量，其余另开工单", "{order} becomes as large as its kits; the rest is its own order"
    ),
    Kind.RESEQUENCE: Sentence("另一张先开工，{order} 推到 {day}", "another order starts first, {order} on {day}"),
}
NOBODY, IN_TIME = Sentence("无", "nobody"), Sentence("不误", "in time")
LATER = Sentence("{order} 晚 {n} 天", "{order} {n} {n|day|days} later")
TAKES = Sentence("{victim} 另等 {qty}", "{victim} waits for {qty}")
HARMED = Sentence("{victim} 另等 {qty}，迟交 {amount}", "{victim} waits for {qty}, lateness {amount}")
IN_PARTS = Sentence("{order} 分两批", "{order} in two parts")
ENGINEER = Sentence("要工程师批准", "an engineer has to agree")
EXCESS = Sentence("多买 {qty}", "{qty} too many")
FEE = Sentence("加急费另议", "his fee besides")
NOT_YOURS = Sentence("要{roles}来选", "for {roles} to choose")
NOT_JOINED = Sentence(
    "先做一部分、先做别的单只能单独选；等在途和催货是同一批货。",
    "Building a part, or another order first, stands alone; waiting and hurrying are one delivery.",
)


@dataclass(frozen=True, slots=True)
class Remedy:
    """A row of the table. ``days``: until the line goes on; None: nobody knows. ``is_best``: part of what is cheapest;
    ``is_apart``: it joins no others; ``is_yours``: the reader may do it."""

    way: Way
    name: str
    words: str
    covers: float
    days: int | None
    cost: float | None
    hurts: str
    is_best: bool
    is_apart: bool
    is_yours: bool

    @property
    def icon(self) -> str:
        return ICONS[self.way.kind]


@dataclass(frozen=True, slots=True)
class Ticked:
    """``parts``: name, quantity, and where in a bar of 100 it begins and how wide it is; ``changes``: what doing them
    changes, with an icon; ``fault``: why they cannot be done so."""

    of: Together
    covered: float
    missing: float
    spend: float | None
    late: float | None
    cost: float | None
    parts: Sequence[tuple[str, float, float, float]]
    changes: Sequence[tuple[str, str]]
    idle: Sequence[str]
    fault: str = ""

    @property
    def short(self) -> float:
        """What they leave missing."""
        return self.missing - self.covered

    @property
    def can_be_done(self) -> bool:
        return not self.fault and not self.idle


class Remedies:
    """All ways of a case, read once, for one reader: what is cheapest for whoever may do nothing is what it is for
    all."""

    def __init__(
        self, actor: Actor, case: ShortageCase, ways: Sequence[Way], hits: Sequence[Hit], today: date, lang: Language
    ) -> None:
        self.actor, self.case, self.hits, self.today, self.lang = actor, case, hits, today, lang
        taken = {way.kind for way in ways if way.state == Way.State.CHOSEN}
        self.chosen = [way for way in ways if way.state == Way.State.CHOSEN]
        # What was chosen once and waits still is found again at each review: it is told as chosen.
        again = [way for way in ways if way.state == Way.State.OPEN and way.kind == Kind.WAIT and way.kind in taken]
        self.open = [way for way in ways if way.state == Way.State.OPEN and way not in again]
        whole = [way for way in ways if way.kind in LASTING and way.is_whole and way.cost_minor is not None]
        self.fallback = min(whole, key=lambda way: way.rank, default=None)
        may_act = actor.may(ACT)
        theirs = [way for way in self.open if not may_act or may_do(actor, way.kind)]
        self.best = best_of(case, hits, self.fallback, theirs)
        self.size = 10**case.item.decimals
        self.minor = 10 ** minor_digits(case.company.currency)

    def rows(self, sees_costs: bool) -> list[Remedy]:
        """The cheapest first."""
        best = {way.pk for way, _ in self.best.parts} if self.best else set()
        return [self._row(way, way.pk in best, sees_costs) for way in sorted(self.open, key=lambda each: each.rank)]

    def done(self) -> list[Remedy]:
        """What was chosen, in its order."""
        return [self._row(way, False, False) for way in sorted(self.chosen, key=lambda each: each.pk)]

    def ticked(self, ids: Sequence[int]) -> Ticked | None:
        """What these come to; None where none of them is open."""
        ways = [way for way in self.open if way.pk in ids]
        if not ways:
            return None
        of = together(self.case, self.hits, self.fallback, ways)
        parts, at = [], 0.0
        for way, part in of.parts:
            width = 100 * part / max(1, of.missing)
            parts.append((_named(way, self.lang), part / self.size, at, width))
            at += width
        return Ticked(
            of,
            of.covered / self.size,
            of.missing / self.size,
            self._money(of.spend),
            self._money(of.late),
            self._money(of.cost),
            [each for each in parts if each[1]],
            [(ICONS[way.kind], self._change(way, part)) for way, part in of.parts if part],
            [_named(way, self.lang) for way in of.idle],
            "" if can_join(ways) else NOT_JOINED.say(self.lang),
        )

    def _money(self, minor: int | None) -> float | None:
        return None if minor is None else minor / self.minor

    def _row(self, way: Way, is_best: bool, sees_costs: bool) -> Remedy:
        return Remedy(
            way,
            _named(way, self.lang),
            kept(way.text_zh, way.text_en, self.lang),
            covers(way) / self.size,
            max(0, (way.ready_on - self.today).days) if way.ready_on else None,
            self._money(way.cost_minor),
            self._hurts(way, sees_costs),
            is_best,
            way.kind in APART,
            may_do(self.actor, way.kind),
        )

    def _qty(self, steps: int) -> str:
        return f"{numbers.qty(steps / self.size)} {self.case.item.unit}"

    def _hurts(self, way: Way, sees_costs: bool) -> str:
        """Whom it makes late, and what else has to be borne."""
        lang, order, told = self.lang, self.case.order.number, []
        if way.kind == Kind.TAKE_OVER:
            harm, victim, qty = way.facts.get("harm"), way.facts.get("victim", ""), self._qty(way.qty_steps)
            amount = numbers.money((harm or 0) / self.minor, self.case.company.currency)
            told.append((HARMED if harm and sees_costs else TAKES).say(lang, victim=victim, qty=qty, amount=amount))
        if way.kind == Kind.BUILD_PART:
            told.append(IN_PARTS.say(lang, order=order))
        elif way.ready_on and (late := (way.ready_on - self.case.need_on).days) > 0:
            told.append(LATER.say(lang, order=order, n=late))
        if way.kind == Kind.NEAR_MATCH:
            told.append(ENGINEER.say(lang))
        if way.kind == Kind.EXPEDITE:
            told.append(FEE.say(lang))
        if self.actor.may(ACT) and not may_do(self.actor, way.kind):
            told.append(_for_others(way.kind, lang))
        if way.excess_steps:
            told.append(EXCESS.say(lang, qty=self._qty(way.excess_steps)))
        return SEMICOLON.say(lang).join(told) or NOBODY.say(lang)

    def _change(self, way: Way, part: int) -> str:
        day = numbers.day(way.ready_on, self.today)
        facts = {"site": way.facts.get("site", ""), "victim": way.facts.get("victim", "")}
        words = CHANGES[way.kind].say(self.lang, qty=self._qty(part), order=self.case.order.number, day=day, **facts)
        return capital(words)


def _for_others(kind: str, lang: Language) -> str:
    """Who may choose it."""
    roles = [ROLES_CALLED[role].say(lang).lower() for role in who_may(kind)]
    return NOT_YOURS.say(lang, roles=(" or " if lang == "en" else "或").join(roles))


def _named(way: Way, lang: Language) -> str:
    return capital(WAYS[way.kind].say(lang))

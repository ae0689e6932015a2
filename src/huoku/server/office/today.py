"""The duties of a reader as Today shows them: in views, without what he has put aside, with what is known of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from huoku.language import COLON, COMMA, Language, Sentence
from huoku.report import numbers
from huoku.server.look.speaking import DAYS_OF_WEEK, language
from huoku.server.office.duties import DUTIES, Duty, once, ranked
from huoku.server.office.left_to_people import approvals, tasks
from huoku.server.office.models import Postponed
from huoku.server.office.rights import SEE_WHOLE
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.platform.kept import rows_for
from huoku.server.platform.roles import ROLES_CALLED, Role

View = Literal["mine", "factory", "promises", "approvals", "postponed"]
VIEWS: dict[View, Sentence] = {
    "mine": Sentence("我的", "Mine"),
    "factory": Sentence("全厂", "Whole factory"),
    "promises": Sentence("承诺", "Promises"),
    "approvals": Sentence("待批", "Approvals"),
    "postponed": Sentence("已推迟", "Postponed"),
}
DAY = Sentence("{week} {day}", "{week} {day}")
NOTHING_WAITS = Sentence("没有等您处理的事", "nothing waits for you")
NOT_TODAY = Sentence("{n} 件事，今天到期的没有", "{n} {n|thing waits, not|things wait, none of them} due today")
TODAY = Sentence("今天要处理 {n} 件", "{n} to settle today")
OVERDUE = Sentence("其中 {n} 件已过期", "{n} of them overdue")
AT_STAKE = Sentence("已知涉及 {amount}", "{amount} known to be at stake")
A_DAY = Sentence("拖一天 {amount}", "a day of waiting costs {amount}")
BACK = Sentence("{day} 回来", "back {day}")
LATE, LEFT, DUE_TODAY = Sentence("过期 {n} 天", "{n} d over"), Sentence("{n} 天", "{n} d"), Sentence("今天", "today")
MARKS = {
    "R": Sentence("停线或误期", "stopped or late"),
    "O": Sentence("紧急", "urgent"),
    "Y": Sentence("注意", "watch"),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A duty in the words of its row. ``put_aside``: until when, where it is."""

    duty: Duty
    mark: str
    stake: str
    waiting: str
    a_unit: Literal["", "h", "d"]
    left: str
    is_over: bool
    who: str
    put_aside: Postponed | None


@dataclass(frozen=True, slots=True)
class Today:
    """``views``: name, words and number of each that the reader has; ``view``: the one that is shown, with its rows
    and how many are not told.
    ``count``: what waits in the view that he begins with, ``lists``: how much of it each page holds, by its address."""

    day: date
    views: Sequence[tuple[View, str, int]]
    view: View
    rows: Sequence[Seen]
    untold: int
    verdict: str
    count: int
    lists: Mapping[str, int]


def today_of(actor: Actor, wanted: str = "", most: int | None = None) -> Today:
    """What waits for the actor; the view ``wanted`` where he has it, else his own, an owner the whole factory. At most
    ``most`` rows of it are told, all where that is None."""
    at = page_time()
    day = business_day(actor.company, at)
    aside = _put_aside(actor, day)
    views = _views(actor, _duties(actor, day), aside)
    otherwise: View = "factory" if Role.OWNER in actor.roles else "mine"
    view = next((name for name in views if name == wanted), otherwise)
    lang = language()
    counted = [(name, VIEWS[name].say(lang), _count(rows)) for name, rows in views.items()]
    shown = [_seen(actor, each, day, at, aside.get(each.key), lang) for each in views[view][:most]]
    own = views[otherwise]
    lists: dict[str, int] = {}
    for each in own:
        if each.whole:
            lists[each.whole] = lists.get(each.whole, 0) + each.stands_for
    untold = len(views[view]) - len(shown)
    return Today(day, counted, view, shown, untold, _verdict(actor, own, day, lang), _count(own), lists)


def _duties(actor: Actor, day: date) -> list[Duty]:
    """All that the actor is told of, the first to do first."""
    found = [each for told in DUTIES for each in told(actor, day)]
    return ranked(once(found, [*approvals(actor, day), *tasks(actor, day)]))


def _put_aside(actor: Actor, day: date) -> Mapping[str, Postponed]:
    """By key, what stands aside until a later day."""
    rows = rows_for(actor, Postponed).filter(person=actor.user, until__gt=day) if actor.user else ()
    return {row.duty: row for row in rows}


def _views(actor: Actor, found: Sequence[Duty], aside: Mapping[str, Postponed]) -> dict[View, Sequence[Duty]]:
    """The views that the actor has: the first always, the others where they hold something."""
    here = [each for each in found if each.key not in aside]
    views: dict[View, Sequence[Duty]] = {"mine": [each for each in here if each.is_of(actor)]}
    if actor.may(SEE_WHOLE):
        views["factory"] = here
    others: dict[View, Sequence[Duty]] = {
        "promises": [each for each in here if each.kind == "promise"],
        "approvals": [each for each in here if each.kind == "approval"],
        "postponed": [each for each in found if each.key in aside],
    }
    return views | {name: rows for name, rows in others.items() if rows}


def _count(rows: Sequence[Duty]) -> int:
    return sum(each.stands_for for each in rows)


def _seen(actor: Actor, of: Duty, day: date, at: datetime, aside: Postponed | None, lang: Language) -> Seen:
    currency = actor.company.currency
    waiting, unit = _waiting(of, currency)
    left, is_over = _left(of, day, at, lang)
    who = (
        BACK.say(lang, day=f"{aside.until:%m-%d}")
        if aside
        else of.who or " · ".join(ROLES_CALLED[role].say(lang) for role in sorted(of.whose))
    )
    stake = numbers.money(of.stake, currency)
    return Seen(of, MARKS[of.level].say(lang), stake, waiting, unit, left, is_over, who, aside)


def _waiting(of: Duty, currency: str) -> tuple[str, Literal["", "h", "d"]]:
    """An hour where it comes to more than small change, else a day."""
    if of.per_hour is None:
        return numbers.NOTHING, ""
    if of.per_hour >= 10:
        return numbers.money(of.per_hour, currency), "h"
    return numbers.money(of.per_hour * 24, currency, cents=of.per_hour * 24 < 1), "d"


def _left(of: Duty, day: date, at: datetime, lang: Language) -> tuple[str, bool]:
    """Hours and minutes to a moment, days to a day."""
    if of.due_at is not None:
        minutes = int((of.due_at - at) / timedelta(minutes=1))
        if 0 <= minutes < 24 * 60:
            return f"{minutes // 60}:{minutes % 60:02d}", False
    if of.due_on is None:
        return numbers.NOTHING, False
    days = (of.due_on - day).days
    if days < 0:
        return LATE.say(lang, n=-days), True
    return (LEFT if days else DUE_TODAY).say(lang, n=days), False


def _verdict(actor: Actor, rows: Sequence[Duty], day: date, lang: Language) -> str:
    """What the day asks for, by what is known: money that hangs on several of them is told once."""
    head = DAY.say(lang, week=DAYS_OF_WEEK[day.weekday()].say(lang), day=f"{day:%m-%d}")
    between = COLON.say(lang)
    if not rows:
        return head + between + NOTHING_WAITS.say(lang)
    now_due = [each for each in rows if each.due_on and each.due_on <= day]
    if not now_due:
        return head + between + NOT_TODAY.say(lang, n=_count(rows))
    told = [TODAY.say(lang, n=_count(now_due))]
    over = _count([each for each in now_due if each.due_on and each.due_on < day])
    if over:
        told.append(OVERDUE.say(lang, n=over))
    currency = actor.company.currency
    worth = {stake.of: stake.worth for each in now_due for stake in each.stakes if stake.worth}
    if worth:
        told.append(AT_STAKE.say(lang, amount=numbers.money(sum(worth.values()), currency)))
    lost = {stake.of: stake.a_day for each in now_due for stake in each.stakes if stake.a_day}
    if lost:
        told.append(A_DAY.say(lang, amount=numbers.money(sum(lost.values()), currency)))
    return head + between + COMMA.say(lang).join(told)

"""How a resource stands, and what is mostly done about it: what stands still before what is too full, that before what
can be begun."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from huoku.language import Sentence
from huoku.server.items.models import Resource
from huoku.server.items.rights import EDIT
from huoku.server.look.speaking import language
from huoku.server.planning.promises import Promise
from huoku.server.planning.rights import READ as READ_PLANS
from huoku.server.platform.actor import Actor
from huoku.server.production.models import WorkOperation
from huoku.server.production.rights import RUN
from huoku.server.workbench.card.state import ENDED, Action, Badge
from huoku.server.workbench.machine.load import Week, fullest
from huoku.server.workbench.machine.work import Next

STANDS = Sentence("{n} 道工序停着", "{n} stand still")
OVER = Sentence("{day} 那周排不下", "too much in the week of {day}")
HOLDS_UP = Sentence("拖晚 {n} 行订单", "makes {n} late")
FULL = Sentence("{day} 那周排满", "full in the week of {day}")
UNPLANNED = Sentence("还没有计划", "no plan yet")
IDLE = Sentence("没有活", "nothing to do")
WELL = Sentence("排得开", "has room")
DO_RESUME = Sentence("继续 {number}", "Resume {number}")
DO_BOARD = Sentence("看 {day} 那周的排产", "See the week of {day}")
DO_REPORT = Sentence("报工 {number}", "Report {number}")
DO_START = Sentence("开工 {number}", "Start {number}")
DO_CALENDAR = Sentence("改日历", "Change its calendar")
SEE_CALENDAR = Sentence("看日历", "Its calendar")


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page knows of a resource already. ``weeks``: empty where there is no plan."""

    resource: Resource
    planned_on: date | None = None
    """The day of the plan."""
    weeks: Sequence[Week] = ()
    work: Sequence[Next] = ()
    held_up: Sequence[Promise] = ()

    @property
    def rows(self) -> list[WorkOperation]:
        return [each.row for each in self.work if each.row]

    @property
    def paused(self) -> list[WorkOperation]:
        return [row for row in self.rows if row.state == "paused"]

    @property
    def worst(self) -> Week | None:
        """The fullest week, where it has no room or somebody waits."""
        week = fullest(self.weeks)
        return week if week and (week.level or self.held_up) else None


def badge_of(seen: Seen) -> Badge:
    lang, week = language(), fullest(seen.weeks)
    if not seen.resource.is_active:
        return Badge("N", ENDED.say(lang))
    if seen.paused:
        return Badge("O", STANDS.say(lang, n=len(seen.paused)))
    if week and week.level == "R":
        return Badge("R", OVER.say(lang, day=f"{week.first:%m-%d}"))
    if seen.held_up:
        return Badge("O", HOLDS_UP.say(lang, n=len(seen.held_up)))
    if week and week.level:
        return Badge("Y", FULL.say(lang, day=f"{week.first:%m-%d}"))
    if not seen.weeks:
        return Badge("N", UNPLANNED.say(lang))
    return Badge("G", WELL.say(lang)) if week or seen.work else Badge("N", IDLE.say(lang))


def action_of(actor: Actor, seen: Seen) -> Action:
    """The first of what this actor may do."""
    return next(_actions(actor, seen))


def _actions(actor: Actor, seen: Seen) -> Iterator[Action]:
    lang = language()
    if actor.may(RUN) and seen.paused:
        yield _of_operation(DO_RESUME, seen.paused[0])
    if seen.worst and actor.may(READ_PLANS):
        yield Action(DO_BOARD.say(lang, day=f"{seen.worst.first:%m-%d}"), board_address(seen, seen.worst))
    if actor.may(RUN):
        for state, words in (("running", DO_REPORT), ("ready", DO_START)):
            if row := next((row for row in seen.rows if row.state == state), None):
                yield _of_operation(words, row)
    words = DO_CALENDAR if actor.may(EDIT) else SEE_CALENDAR
    yield Action(words.say(lang), f"{reverse('desk_calendar')}?{urlencode({'resource': seen.resource.pk})}")


def board_address(seen: Seen, week: Week) -> str:
    """The sequence of work, opened at the first day of the week on which there is any."""
    days = (week.last - (seen.planned_on or week.first)).days + 1
    asked = urlencode({"resource": seen.resource.code, "days": max(days, 14)})
    return f"{reverse('shop_schedule')}?{asked}#on-{week.begins.isoformat()}"


def _of_operation(words: Sentence, row: WorkOperation) -> Action:
    return Action(words.say(language(), number=row.number), reverse("shop_operation", args=(row.pk,)))

"""What stands beside the duties of a day: promises at risk, the plan against the one before, how fresh the data are."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from django.db.models import QuerySet, Subquery
from django.urls import reverse

from huoku.language import Sentence, kept
from huoku.report import numbers
from huoku.server.ledger.models import Count, Movement
from huoku.server.ledger.rights import READ as READ_STOCK
from huoku.server.look.speaking import language, named
from huoku.server.office.beside import Line, Panel
from huoku.server.planning.earlier import Past, changed, past, spend
from huoku.server.planning.promises import Promise
from huoku.server.planning.rights import READ
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.platform.models import Company, Schedule
from huoku.server.platform.roles import FieldGroup
from huoku.server.platform.tables.finding import read_through
from huoku.server.workbench.at_risk import AtRisk, at_risk

AT_RISK = 4
RISKS = Sentence("承诺有风险", "Promises at risk")
ALL = Sentence("全部 {n}", "All {n}")
WANTED = Sentence("要 {day}", "due {day}")
CAN = Sentence("能 {day}", "can {day}")
NEVER = Sentence("计划期内交不了", "not within the plan")
DAYS_LATE = Sentence("晚 {n} 天", "{n} d late")
AGAINST = Sentence("和 {day} 的计划比", "Against the plan of {day}")
LATE_DEMANDS = Sentence("晚交的需求", "Demands that are late")
LATE_DAYS = Sentence("一共晚的天数", "Days late in all")
SPEND = Sentence("建议采购金额", "Proposed spend")
LEFT = Sentence("期末余料", "Left over at the end")
CHANGES = Sentence("建议改动", "Proposals changed")
NEW_AND_GONE = Sentence("新 {new} · 撤 {gone}", "{new} new · {gone} gone")
FRESH = Sentence("数据新不新", "Is the data fresh?")
PLANNED = Sentence("计划 #{n}，用时 {took}", "plan #{n}, took {took}")
COUNTED = Sentence("最近一次盘点", "last count")
MOVED = Sentence("最近一笔出入库", "last stock movement")
NEXT = Sentence("下次自动重算", "next plan by itself")
SECONDS, MINUTES = Sentence("{n} 秒", "{n} s"), Sentence("{n} 分钟", "{n} min")


def promises_at_risk(actor: Actor, today: date) -> Panel | None:
    """The orders that the last plan sees late, or never, the dearest first, each by its worst line."""
    found = at_risk(actor) if actor.may(READ) else AtRisk()
    if not found.orders:
        return None
    lines = tuple(_risk(actor, lines[0]) for lines in found.orders[:AT_RISK])
    whole = ALL.say(language(), n=found.count)
    return Panel("risks", RISKS.say(language()), lines, whole=reverse("desk_pegging"), whole_called=whole)


def _risk(actor: Actor, of: Promise) -> Line:
    lang, line, told = language(), of.line, of.told
    called = [named(line.order.customer, lang)] if actor.sees(FieldGroup.CUSTOMER_IDENTITY) else []
    can = CAN.say(lang, day=f"{told.date:%m-%d}") if told.date else NEVER.say(lang)
    return Line(
        line.order.number,
        " · ".join([*called, f"{line.item.code} × {numbers.qty(of.qty)}"]),
        DAYS_LATE.say(lang, n=told.late_days) if told.date else NEVER.say(lang),
        f"{WANTED.say(lang, day=f'{line.due_on:%m-%d}')} · {can}" if told.date else "",
        reverse("desk_pegging_of", args=(line.pk,)),
        told.level,
        note=kept(told.reason, told.reason, lang),
    )


def against_the_plan_before(actor: Actor, today: date) -> Panel | None:
    """The last live plan and the last one of an earlier day, figure by figure; nothing before there are two."""
    plans = past(actor) if actor.may(READ) and actor.sites is None else ()
    if len(plans) < 2:
        return None
    new, old = plans[0], plans[1]
    lines = [*_counts(new, old), *(_amounts(actor, new, old) if actor.sees(FieldGroup.COST) else ())]
    differs = changed(new.run, old.run)
    if differs:
        told = NEW_AND_GONE.say(language(), new=differs.new, gone=differs.gone)
        lines.append(Line(CHANGES.say(language()), value=told))
    title = AGAINST.say(language(), day=f"{old.today:%m-%d}")
    return Panel("against", title, tuple(lines), whole=reverse("office_row", args=("plan_runs", old.pk)))


def _counts(new: Past, old: Past) -> Iterator[Line]:
    for name, title in (("late_demands", LATE_DEMANDS), ("late_days", LATE_DAYS)):
        if name in new.figures and name in old.figures:
            yield _turned(title, old.figures[name], new.figures[name], lambda value: f"{value:,.0f}")


def _amounts(actor: Actor, new: Past, old: Past) -> Iterator[Line]:
    def shown(value: float) -> str:
        return numbers.money(value, actor.company.currency)

    before, after = spend(old.run), spend(new.run)
    if before is not None and after is not None:
        yield _turned(SPEND, before, after, shown, is_judged=False)
    if "leftover_value" in new.figures and "leftover_value" in old.figures:
        yield _turned(LEFT, old.figures["leftover_value"], new.figures["leftover_value"], shown)


def _turned(
    title: Sentence, before: float, after: float, shown: Callable[[float], str], *, is_judged: bool = True
) -> Line:
    """Less is better of all that is judged; to spend more or less is neither."""
    turn: Literal["", "better", "worse"] = ""
    if is_judged and shown(after) != shown(before):
        turn = "better" if after < before else "worse"
    return Line(title.say(language()), value=shown(after), before=shown(before), turn=turn)


def freshness(actor: Actor, today: date) -> Panel | None:
    """When the plan was made, stock last moved and was last counted, and when the next plan comes by itself; the newest
    first, what is to come last."""
    if not actor.may(READ):
        return None
    stood = past(actor)
    moved, counted = (
        read_through(rows_for(actor, model)).order_by("-pk").values("recorded_at")[:1] for model in (Movement, Count)
    )
    planned = Schedule.objects.filter(name="plan", is_active=True).values("next_at")[:1]
    asked: QuerySet[Any] = Company.objects.filter(pk=actor.company.pk)
    asked = asked.annotate(moved=Subquery(moved), counted=Subquery(counted), next_at=Subquery(planned))
    known: dict[str, datetime | None] = asked.values("moved", "counted", "next_at").get()
    seen = [(known["moved"], MOVED.say(language())), (known["counted"], COUNTED.say(language()))]
    times = [(at, words) for at, words in seen if at and actor.may(READ_STOCK)]
    times += [(each.ended_at, _planned(each)) for each in stood[:1]]
    zone = ZoneInfo(actor.company.timezone)
    lines = [_time(words, at, zone, today) for at, words in sorted(times, reverse=True)]
    if stood and (next_at := known["next_at"]):
        lines.append(_time(NEXT.say(language()), next_at, zone, today))
    return Panel("fresh", FRESH.say(language()), tuple(lines), is_times=True) if lines else None


def _planned(of: Past) -> str:
    took = max(0.0, (of.ended_at - of.asked_at).total_seconds())
    words, n = (SECONDS, f"{took:.0f}") if took < 100 else (MINUTES, f"{took / 60:.0f}")
    return PLANNED.say(language(), n=of.pk, took=words.say(language(), n=n))


def _time(words: str, at: datetime, zone: ZoneInfo, today: date) -> Line:
    here = at.astimezone(zone)
    return Line(words, value=f"{here:%H:%M}" if here.date() == today else f"{here:%m-%d %H:%M}")

"""How old the plan is by which everybody works: it stands at the top of every page of whoever may see it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse

from huoku.language import Sentence
from huoku.server.look.speaking import language
from huoku.server.office.frame import Standing
from huoku.server.planning.rights import READ
from huoku.server.planning.sequence import last_run
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import page_time

FRESH = timedelta(hours=24)
PLAN = Sentence("计划 #{n} · {at} · {age}", "Plan #{n} · {at} · {age}")
MINUTES, HOURS, DAYS = (
    Sentence("{n} 分钟前", "{n} min ago"),
    Sentence("{n} 小时前", "{n} h ago"),
    Sentence("{n} 天前", "{n} d ago"),
)


def plan_age(actor: Actor) -> Standing | None:
    """Of the last live plan that is done; nothing where there is none yet, or the actor may not know."""
    run = last_run(actor) if actor.may(READ) else None
    if run is None or run.ended_at is None:
        return None
    passed = page_time() - run.ended_at
    at = run.ended_at.astimezone(ZoneInfo(actor.company.timezone)).strftime("%m-%d %H:%M")
    words, n = age(passed)
    lang = language()
    told = PLAN.say(lang, n=run.pk, at=at, age=words.say(lang, n=n))
    return Standing("G" if passed < FRESH else "Y", told, reverse("office_row", args=("plan_runs", run.pk)))


def age(passed: timedelta) -> tuple[Sentence, int]:
    """Minutes within the hour, hours within two days, then days: the words, and how many."""
    minutes = max(0, int(passed.total_seconds() // 60))
    if minutes < 60:
        return MINUTES, minutes
    return (HOURS, minutes // 60) if minutes < 48 * 60 else (DAYS, minutes // 1440)

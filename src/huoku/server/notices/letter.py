"""What a receiver is told: the most urgent tasks in his language, how urgent and by when, and where to look."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from huoku.language import Language, Sentence
from huoku.server.documents.models import Task
from huoku.server.look.speaking import named
from huoku.server.notices.amounts import without_amounts
from huoku.server.platform.clock import business_day
from huoku.server.platform.models import Company
from huoku.server.platform.tables.table import TABLES

MOST = 10
"""So many tasks are told in words; of the rest their number."""
LONGEST = 160
URGENT_DAYS = 1

TITLE = Sentence("活库 · {company}：{n} 件事要办，{urgent} 件紧急", "huoku · {company}: {n} to do, {urgent} urgent")
TEST_TITLE = Sentence("活库 · {company}：测试通知", "huoku · {company}: a test")
TEST = Sentence("收到这条，说明通知已经接通。", "If you read this, notices arrive here.")
OVERDUE = Sentence("紧急，已过期 {n} 天", "urgent, {n} {n|day|days} overdue")
TODAY = Sentence("紧急，今天到期", "urgent, due today")
TOMORROW = Sentence("紧急，明天到期", "urgent, due tomorrow")
DUE = Sentence("{day} 到期", "due {day}")
MORE = Sentence("另有 {n} 件，见首页。", "And {n} more, on the first page.")


@dataclass(frozen=True, slots=True)
class Entry:
    """One task: ``link`` is "" where nobody said under which address this server is reached."""

    words: str
    reason: str
    due_on: date | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """``key`` names the message, however often it is tried; ``at``: when this try is made."""

    key: UUID
    at: datetime
    lang: Language
    title: str
    entries: tuple[Entry, ...]
    count: int
    link: str = ""

    def text(self, most_bytes: int = 100_000) -> str:
        """As plain text of at most so many bytes: what does not fit is counted, nothing is cut in its middle."""
        for shown in range(len(self.entries), -1, -1):
            text = "\n".join(self._lines(shown))
            if len(text.encode()) <= most_bytes:
                return text
        return self.title[: most_bytes // 4]

    def _lines(self, shown: int) -> Iterable[str]:
        yield self.title
        for number, entry in enumerate(self.entries[:shown], 1):
            yield f"{number}. {f'【{entry.reason}】' if entry.reason else ''}{entry.words}"
            if entry.link:
                yield entry.link
        if more := self.count - shown:
            yield MORE.say(self.lang, n=more)
        if self.link:
            yield self.link


def letter(
    company: Company, tasks: Iterable[Task], lang: Language, key: UUID, at: datetime, *, with_amounts: bool
) -> Letter:
    """What several roles are told is one thing to whoever reads it. ``with_amounts``: he may see all money."""
    today, currency = business_day(company, at), "" if with_amounts else company.currency
    ranked = sorted(tasks, key=lambda each: (each.due_on or date.max, each.pk))
    once = list({(each.what, each.row, each.text_zh): each for each in reversed(ranked)}.values())[::-1]
    entries = tuple(_entry(task, lang, today, currency) for task in once[:MOST])
    urgent = sum(each.due_on is not None and (each.due_on - today).days <= URGENT_DAYS for each in once)
    title = _line(TITLE.say(lang, company=named(company, lang), n=len(once), urgent=urgent))
    return Letter(key, at, lang, title, entries, len(once), address("office_home"))


def trial_letter(company: Company, lang: Language, key: UUID, at: datetime) -> Letter:
    title = _line(TEST_TITLE.say(lang, company=named(company, lang)))
    return Letter(key, at, lang, title, (Entry(TEST.say(lang), ""),), 1, address("office_home"))


def _entry(task: Task, lang: Language, today: date, hidden_money: str) -> Entry:
    words = _line(task.text(lang))
    words = without_amounts(words, hidden_money, lang) if hidden_money else words
    tables = [table.name for table in TABLES.values() if table.model._meta.label_lower == task.what]
    link = address("office_row", tables[0], str(task.row)) if tables else ""
    short = words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
    return Entry(short, _reason(task.due_on, lang, today), task.due_on, link)


def _line(text: str) -> str:
    return " ".join(text.split())


def _reason(due_on: date | None, lang: Language, today: date) -> str:
    if due_on is None:
        return ""
    days = (due_on - today).days
    if days < 0:
        return OVERDUE.say(lang, n=-days)
    return {0: TODAY, 1: TOMORROW}.get(days, DUE).say(lang, day=due_on)


def address(name: str, *parts: str) -> str:
    """A page's full address; "" where ``public_address`` is not set."""
    public: str = settings.GIVEN.public_address
    return public.rstrip("/") + reverse(name, args=parts) if public else ""

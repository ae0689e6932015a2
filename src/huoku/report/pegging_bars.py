"""What stands on the time line of a part: a bar for whatever brings it, filled by how sure that is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from huoku.language import Language, Sentence
from huoku.plan.explain.explanation import Source
from huoku.plan.explain.readiness import Part
from huoku.report.numbers import day

Certainty = Literal["stock", "supply", "unsure", "planned"]
"""On hand; on order and confirmed; on order and not confirmed, or overdue; only proposed by the plan."""
CERTAINTIES: tuple[Certainty, ...] = ("stock", "supply", "unsure", "planned")
Fill = Literal["stock", "sure", "unsure", "work", "buy", "make"]

IN_STOCK, KEPT = Sentence("现货", "in stock"), Sentence("现货，已预留", "in stock, reserved")
SURE = Sentence("{name} · {day} 确认", "{name} · {day}, confirmed")
UNSURE = Sentence("{name} · {day}，没确认", "{name} · {day}, not confirmed")
OVERDUE = Sentence("{name} · 应 {day} 到，已过期", "{name} · was due {day}")
WORK = Sentence("{name} · {day} 完工", "{name} · done {day}")
WORK_OVERDUE = Sentence("{name} · 应 {day} 完工，已过期", "{name} · was to be done {day}")
BUY = Sentence("采购建议 · {start} 前下单", "Proposal · order by {start}")
BUY_NOW = Sentence("采购建议 · 今天就下单", "Proposal · order today")
THERE = Sentence("{day} 到", "there {day}")
MAKE = Sentence("计划生产 · {start} → {day}", "To be made · {start} → {day}")
CARRY = Sentence("计划调拨 · {start} → {day}", "To be carried · {start} → {day}")
SEVERAL = Sentence("{n} 笔 · 最后 {words}", "{n} in all · last {words}")


@dataclass(frozen=True, slots=True)
class Known:
    """What the papers say of an open supply beyond the plan. ``due``: the day last given for it; ``start``: the day on
    which its work begins."""

    is_sure: bool
    due: date
    start: date | None = None

    def is_overdue(self, today: date) -> bool:
        return self.due < today

    def is_unsure(self, today: date) -> bool:
        """A day that has passed is no longer one to rely on, whoever has given it."""
        return not self.is_sure or self.is_overdue(today)


@dataclass(frozen=True, slots=True)
class Bar:
    """From ``start`` (None: from today) to ``end``, in words; ``more``: what only those want who do not see the bar."""

    fill: Fill
    start: date | None
    end: date
    words: str
    more: str = ""


Papers = Mapping[str, Known]
"""By the name of the supply. Of those that are missing nothing is known but the plan's day: they count as confirmed."""


def certainty_of(source: Source, papers: Papers, today: date) -> Certainty:
    """How sure it is that this source brings what it is to bring."""
    if source.kind == "stock":
        return "stock"
    if source.kind != "supply":
        return "planned"
    known = papers.get(source.name or "")
    return "unsure" if known and known.is_unsure(today) else "supply"


def covered(part: Part, papers: Papers, today: date) -> dict[Certainty, float]:
    """So much of the need by how sure it is; together the whole need."""
    found = dict.fromkeys(CERTAINTIES, 0.0)
    for source in part.need.sources:
        found[certainty_of(source, papers, today)] += source.covers
    return found


def bars_of(part: Part, papers: Papers, today: date, lang: Language) -> list[Bar]:
    """A bar for each source; what lies on several shelves is one."""
    here = [each for each in part.need.sources if each.kind == "stock"]
    bars = [Bar("stock", None, today, _here(here).say(lang))] if here else []
    return bars + [_bar(each, papers, today, lang) for each in part.need.sources if each.kind != "stock"]


def _here(sources: Sequence[Source]) -> Sentence:
    return KEPT if all(each.is_reserved for each in sources) else IN_STOCK


def _bar(source: Source, papers: Papers, today: date, lang: Language) -> Bar:
    end = source.available
    if source.kind == "supply":
        return _coming(source, papers.get(source.name or ""), today, lang)
    starts, ends = day(source.start or today, today), day(end, today)
    if source.kind == "buy":
        words = BUY_NOW if (source.start or today) <= today else BUY
        return Bar("buy", source.start, end, words.say(lang, start=starts), THERE.say(lang, day=ends))
    words = MAKE if source.kind == "make" else CARRY
    return Bar("make", source.start, end, words.say(lang, start=starts, day=ends))


def _coming(source: Source, known: Known | None, today: date, lang: Language) -> Bar:
    is_late = known is not None and known.is_overdue(today)
    is_sure = known is None or not known.is_unsure(today)
    if source.is_work:
        words = WORK_OVERDUE if is_late else WORK
    else:
        words = OVERDUE if is_late else SURE if is_sure else UNSURE
    when = known.due if known and is_late else source.available
    told = words.say(lang, name=source.name or "", day=day(when, today))
    fill: Fill = "work" if source.is_work and is_sure else "sure" if is_sure else "unsure"
    return Bar(fill, known.start if known else None, source.available, told)


def in_words(bars: Sequence[Bar], lang: Language, *, whole: bool = False) -> str:
    """What is written beside the bars: the last one, and how many there are; ``whole``: for those who see no bars."""
    if not bars:
        return ""
    last = max(bars, key=lambda each: each.end)
    coming = [each for each in bars if each.fill != "stock"]
    words = f"{last.words} · {last.more}" if whole and last.more else last.words
    return SEVERAL.say(lang, n=len(coming), words=words) if len(coming) > 1 else words

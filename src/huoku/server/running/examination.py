"""`huoku doctor`: everything that must hold, looked at. It tells, and repairs nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from uuid import uuid4

from django.db import connection

from huoku.language import Language, Sentence
from huoku.server.alerts.commands.examining import MOST, Found, KeepExamination, keep_examination
from huoku.server.ledger import doctor
from huoku.server.platform.actor import the_system
from huoku.server.platform.command import perform
from huoku.server.platform.guards import missing_guards
from huoku.server.platform.models import Company
from huoku.server.running.upgrade import state

UNSOUND = Sentence("数据库文件检查不通过：{said}", "The database file is not sound: {said}")
PENDING = Sentence("数据库需要升级（huoku upgrade）。", "The database needs an upgrade (huoku upgrade).")
UNGUARDED = Sentence(
    "缺少数据库保护：{name}。运行 huoku upgrade 会重新建立。",
    "The guard {name} is missing: `huoku upgrade` puts it up.",
)


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that does not hold. ``is_doubtful``: it may be in order, and somebody should look."""

    company: str
    rule: str
    text: str
    is_doubtful: bool = False


def examine(lang: Language, *, freeze: bool = False) -> list[Complaint]:
    """All complaints, of the database first, then company by company. ``freeze`` stops writing into what is wrong."""
    found = list(_of_the_database(lang))
    for company in Company.objects.order_by("code"):
        findings = doctor.examine(company)
        found += [Complaint(company.code, each.invariant, each.say(lang), each.is_doubtful) for each in findings]
        if freeze:
            doctor.freeze_what_is_wrong(company, [each for each in findings if not each.is_doubtful])
    return found


def nightly() -> int:
    """Examine each company's books and tell whoever answers for them. Returns how much was found."""
    found = 0
    for company in Company.objects.filter(is_active=True).order_by("code"):
        findings = sorted(doctor.examine(company), key=lambda each: each.is_doubtful)
        kept = KeepExamination(found=[_as_found(each) for each in findings[:MOST]])
        perform(keep_examination, kept, actor=the_system(company, via="schedule"), key=f"examined:{uuid4().hex}")
        found += len(findings)
    return found


def _as_found(finding: doctor.Finding) -> Found:
    return Found(
        rule=finding.invariant,
        text_zh=finding.words.say("zh", **finding.facts)[:1000],
        text_en=finding.words.say("en", **finding.facts)[:1000],
        streams=" ".join(map(str, finding.streams))[:400],
        is_doubtful=finding.is_doubtful,
    )


def _of_the_database(lang: Language) -> Iterator[Complaint]:
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(str(connection.settings_dict["NAME"]))) as database:
            said = database.execute("PRAGMA quick_check(1)").fetchone()[0]
        if said != "ok":
            yield Complaint("", "database", UNSOUND.say(lang, said=said))
    if state().pending:
        yield Complaint("", "upgrade", PENDING.say(lang))
    for name in missing_guards():
        yield Complaint("", "guard", UNGUARDED.say(lang, name=name))

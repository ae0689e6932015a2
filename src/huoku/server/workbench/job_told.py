"""What came of a long request, in words, and what to do where it failed: on the page of the request."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from huoku.language import Language, Sentence, kept
from huoku.report.numbers import qty
from huoku.server.api.tables.record import own_jobs
from huoku.server.api.tables.rules import as_seen
from huoku.server.look.speaking import language
from huoku.server.office.doings import doing
from huoku.server.office.sections import Section
from huoku.server.platform.actor import Actor
from huoku.server.platform.models import Job
from huoku.server.platform.rights import READ_AUDIT

MOST = 20
"""So many single things that are wrong are told; how many there are is always said."""
WAITS = Sentence("在排队，轮到就办。", "It waits for its turn.")
RUNS = Sentence("正在办。", "It is being done.")
CALLED = Sentence("办妥了：{doing}。", "Done: {doing}.")
CALLED_AS = Sentence("办妥了：{doing}，{number}。", "Done: {doing}, {number}.")
ROWS = Sentence(
    "{doing}：{done} 行办妥，{refused} 行没有办。",
    "{doing}: {done} {done|row|rows} done, {refused} {refused|row|rows} refused.",
)
WHOLE = Sentence(
    "全部记录核对过：没有一条被改过、删过、插过。", "The whole record holds: nothing was changed or removed."
)
BROKEN = Sentence("记录有 {n} 处对不上。", "{n} {n|thing|things} in the record {n|does|do} not hold.")
GOOD = Sentence("文件看过了，可以导入：{rows} 行。", "The files can be brought in: {rows} {rows|row|rows}.")
BAD = Sentence(
    "文件看过了，有 {n} 处要改，什么都没写。",
    "{n} {n|thing|things} in the files {n|is|are} to be put right; nothing was written.",
)
BROUGHT = Sentence(
    "导入了 {rows} 行，并已开始算计划。", "{rows} {rows|row was|rows were} brought in, and a plan was begun."
)
REFUSED = Sentence("没有办成：{what}", "It was refused: {what}")
OUR_FAULT = Sentence(
    "服务器出错了，没有办成；已经做好的部分不会重做一遍。",
    "A fault of the server broke it off; what was done is not done twice.",
)
PLACE = Sentence("第 {row} 行", "row {row}")
DO_REPEAT = Sentence(
    "点“重做”再试一次；还是不行，把编号 #{id} 告诉管理员，日志里有原因。",
    "Repeat it; where that fails too, tell the administrator the number #{id}: the log has the cause.",
)
DO_GONE = Sentence(
    "提交的人已不在公司，或令牌已失效：请有权限的人重新提交。",
    "Whoever sent it has left, or the token has ended: somebody with the right sends it again.",
)
DO_RIGHT = Sentence(
    "请有这个权限的人提交，或请管理员给您权限。", "Somebody with the right sends it, or the administrator gives it."
)
DO_AGAIN = Sentence(
    "数据已经变了：重新读取，再提交一次。", "The data have changed: read them again, and send it once more."
)
DO_MEND = Sentence("改正下面的内容，再提交一次。", "Put right what is listed below, and send it once more.")
DO_FILES = Sentence(
    "改好文件再放进来；“导入自己的数据”里有标好错的文件。",
    "Put the files right and bring them again; “Bring in my data” has them with their faults marked.",
)
DO_AUDIT = Sentence(
    "先别改数据：请管理员按列出的地方和备份核对。",
    "Change nothing yet: the administrator compares these places with the backup.",
)
DO_ROWS = Sentence(
    "只改没办的行，再提交这些行；办妥的不用重来。", "Put right the rows that were refused and send these alone."
)


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that does not hold: where, and why."""

    where: str
    words: str


@dataclass(frozen=True, slots=True)
class Told:
    """``to_do``: what somebody does about it; ``leads``: where that is done, with what it is called."""

    level: str
    words: str
    to_do: str = ""
    wrong: list[Wrong] = field(default_factory=list)
    count: int = 0
    leads: tuple[str, Sentence] | None = None


def answer_of_a_job(actor: Actor, id: int) -> Section | None:
    job = own_jobs(actor).filter(pk=id).first()
    if job is None:
        return None
    told = {"job": job, "answer": told_of(actor, job, language())}
    return Section("workbench/on_papers/job.html", told, says=("answer", "status"))


def told_of(actor: Actor, job: Job, lang: Language) -> Told:
    if job.state in Job.OPEN:
        return Told("N", (WAITS if job.state == Job.State.WAITING else RUNS).say(lang))
    answer = as_seen(actor, job.answer) or {}
    if job.status is None or job.status >= 500:
        return Told("R", OUR_FAULT.say(lang), DO_REPEAT.say(lang, id=job.pk))
    if "is_good" in answer or (job.kind == "bring_own_data" and job.state == Job.State.DONE):
        return _of_own_data(job, answer, lang)
    if job.state == Job.State.FAILED:
        return _refused(job, answer, lang)
    return _of_records(actor, answer, lang) if job.kind == "verify_audit" else _of_a_call(job, answer, lang)


def _refused(job: Job, answer: Mapping[str, Any], lang: Language) -> Told:
    wrong = list(_wrong(answer.get("errors") or (), lang))
    title = kept(answer.get("title_zh") or answer.get("title") or "", answer.get("title") or "", lang)
    if len(wrong) == 1 and not wrong[0].where:
        title, wrong = wrong[0].words or title, []
    code = answer.get("code")
    known = {401: DO_GONE, 403: DO_RIGHT, 404: DO_AGAIN, 409: DO_AGAIN, 412: DO_AGAIN, 428: DO_AGAIN}
    to_do = DO_GONE if code == "sender_gone" else known.get(job.status or 0, DO_MEND)
    return Told("R", REFUSED.say(lang, what=title), to_do.say(lang), wrong[:MOST], len(wrong))


def _of_a_call(job: Job, answer: Any, lang: Language) -> Told:
    what = doing(str(json.loads(job.request or "{}").get("command", ""))).say(lang)
    if "results" in answer:
        bad = [row for row in answer["results"] if row.get("errors")]
        wrong = [each for row in bad for each in _wrong(row["errors"], lang)]
        words = ROWS.say(lang, doing=what, done=answer["done"], refused=answer["refused"])
        to_do = DO_ROWS.say(lang) if bad else ""
        return Told("O" if bad else "G", words, to_do, wrong[:MOST], len(wrong))
    number = answer.get("number") or answer.get("code")
    words = CALLED_AS.say(lang, doing=what, number=number) if number else CALLED.say(lang, doing=what)
    return Told("G", words)


def _of_records(actor: Actor, answer: Mapping[str, Any], lang: Language) -> Told:
    found = answer.get("findings") or []
    leads = (reverse("office_record"), Sentence("核对记录", "Verify the record")) if actor.may(READ_AUDIT) else None
    if not found:
        return Told("G", WHOLE.say(lang), leads=leads)
    wrong = [Wrong(str(each["where"]), kept(each["zh"], each["en"], lang)) for each in found]
    return Told("R", BROKEN.say(lang, n=len(found)), DO_AUDIT.say(lang), wrong[:MOST], len(found), leads)


def _of_own_data(job: Job, answer: Mapping[str, Any], lang: Language) -> Told:
    rows = qty(sum((answer.get("rows") or {}).values()))
    leads = (reverse("own_data"), Sentence("导入自己的数据", "Bring in my data"))
    if job.kind == "bring_own_data" and job.state == Job.State.DONE:
        run = answer.get("run")
        plan = (
            (reverse("office_row", args=("plan_runs", str(run))), Sentence("看计划", "See the plan")) if run else None
        )
        return Told("G", BROUGHT.say(lang, rows=rows), leads=plan)
    wrong = list(_wrong(answer.get("errors") or (), lang))
    count = answer.get("error_count") or len(wrong)
    if not count:
        return Told("G", GOOD.say(lang, rows=rows), leads=leads)
    return Told("R", BAD.say(lang, n=count), DO_FILES.say(lang), wrong[:MOST], count, leads)


def _wrong(errors: Iterable[Mapping[str, Any]], lang: Language) -> Iterator[Wrong]:
    """Errors of commands and of files alike; rows of a request are counted from nought, those of a file from one."""
    for each in errors:
        row = each.get("row")
        if row is not None and "place" not in each:
            row += 1
        named = [str(each.get("place") or ""), PLACE.say(lang, row=row) if row is not None else ""]
        named += [str(each.get("column") or each.get("field") or ""), str(each.get("value") or "")]
        words = each["hint"] if "hint" in each else kept(each.get("zh", ""), each.get("en", ""), lang)
        yield Wrong(" · ".join(part for part in named if part), str(words))

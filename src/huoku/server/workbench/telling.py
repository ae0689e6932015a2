"""What a customer is told about his order: the day, and the reason without names of ours."""

from huoku.language import Language, Sentence
from huoku.report.numbers import qty
from huoku.server.look.speaking import named
from huoku.server.planning.promises import Promise
from huoku.server.workbench.blocking import Kind, Verdict

ABOUT = Sentence(
    "您好！关于订单 {order}（{item} × {qty} {unit}）：", "Hello, about your order {order} ({item} × {qty} {unit}):"
)
IN_TIME = Sentence(
    "一切按计划，预计 {day} 发货，赶得上您要的 {due}。",
    "all goes to plan. We expect to ship it on {day}, in time for {due}.",
)
AS_TOLD = Sentence(
    "一切按计划，预计 {day} 发货，赶得上答应您的 {due}。",
    "all goes to plan. We expect to ship it on {day}, in time for {due}, which we had told you.",
)
LATE = Sentence(
    "原定 {due} 发货，现在预计 {day} 发货。原因：{reason}。",
    "it was to be shipped on {due}; we now expect {day}. The reason: {reason}.",
)
NEVER = Sentence(
    "{due} 我们目前保证不了，新的日期还在落实，一有结果马上告诉您。",
    "we cannot keep {due} as things stand. We are working on a new day and will tell you as soon as we know.",
)
SORRY = Sentence(
    "给您添了麻烦，非常抱歉。日期如有变化，我们第一时间告诉您。",
    "We are sorry for the trouble. If the day changes, you will hear from us first.",
)
PART = Sentence("一种外购零件到货晚", "a purchased part comes late")
REASONS: dict[Kind, Sentence] = {
    **dict.fromkeys(("bought", "draft", "asked", "buy"), PART),
    "work": Sentence("生产还没有完工", "its production is not finished yet"),
    "make": Sentence("这段时间生产排得很满", "our production is fully booked in these weeks"),
    "carry": Sentence("一部分货要从别的仓库调来", "a part of it has to come from another warehouse"),
    "ship": Sentence("货已备好，正在安排发出", "it is ready, and is being made ready to ship"),
    "never": PART,
}


def to_tell(of: Promise, said: Verdict) -> list[tuple[str, str]]:
    """The text in each language that a customer may read, with its tag."""
    return [({"zh": "zh-Hans", "en": "en"}[lang], _text(of, said, lang)) for lang in ("zh", "en")]


def _text(of: Promise, said: Verdict, lang: Language) -> str:
    """What he was told before is what he counts on; what he wanted, where nobody has told him another day."""
    line = of.line
    item = named(line.item, lang) or line.item.code
    about = ABOUT.say(lang, order=line.order.number, item=item, qty=qty(of.qty), unit=line.item.unit)
    between = " " if lang == "en" else ""
    due = (line.promised_on or line.due_on).isoformat()
    if of.told.date is None:
        return between.join([about, NEVER.say(lang, due=due), SORRY.say(lang)])
    day = of.told.date.isoformat()
    if not of.told.late_days:
        return between.join([about, IN_TIME.say(lang, due=line.due_on.isoformat(), day=day)])
    if day <= due:
        return between.join([about, AS_TOLD.say(lang, due=due, day=day)])
    kind: Kind = said.blocker.kind if said.blocker else "make"
    told = LATE.say(lang, due=due, day=day, reason=REASONS[kind].say(lang))
    return between.join([about, told, SORRY.say(lang)])

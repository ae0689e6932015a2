"""How full one resource is, week by week: a bar of what is laid on it inside one of what it can do."""

from collections.abc import Sequence

from huoku.language import Language, Sentence
from huoku.report.drawing import Canvas, Picture
from huoku.report.load_chart import grade
from huoku.report.numbers import qty, share
from huoku.server.workbench.machine.load import Week

TITLE = Sentence("{resource} 每周的负荷", "{resource}: load week by week")
TIP = Sentence("{first} – {last}：{hours} / {able} 小时", "{first} – {last}: {hours} of {able} {able|hour|hours}")
HOURS = Sentence("{hours} 小时", "{hours} h")
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760.0, 196.0, 12.0, 748.0, 30.0, 148.0
GAP = 8.0


def draw_load(resource: str, weeks: Sequence[Week], lang: Language) -> Picture:
    """Each with its share above; the hours and the day on which it begins below."""
    canvas = Canvas()
    highest = max(*(week.capacity for week in weeks), *(week.minutes for week in weeks), 1.0)
    width = (RIGHT - LEFT) / max(len(weeks), 1)

    def height(minutes: float) -> float:
        return (BOTTOM - TOP) * minutes / highest

    for place, week in enumerate(weeks):
        x, wide, middle = LEFT + width * place + GAP / 2, width - GAP, LEFT + width * (place + 0.5)
        days = {"first": f"{week.first:%m-%d}", "last": f"{week.last:%m-%d}"}
        tip = TIP.say(lang, **days, hours=qty(round(week.hours, 1)), able=qty(round(week.able_hours, 1)))
        able, laid = height(week.capacity), height(week.minutes)
        if able:
            canvas.rect(x, BOTTOM - able, wide, able, "shut", tip)
        if laid:
            canvas.rect(x, BOTTOM - laid, wide, laid, grade(week.minutes, week.capacity), tip)
        words = share(week.minutes / week.capacity) if week.capacity else qty(0)
        canvas.text(middle, BOTTOM - max(able, laid) - 7, words, "rd" if week.level else "b", "middle")
        canvas.text(middle, BOTTOM + 17, days["first"], "m", "middle")
        canvas.text(middle, BOTTOM + 34, HOURS.say(lang, hours=qty(round(week.hours, 1))), "m", "middle")
    canvas.line(LEFT, BOTTOM, RIGHT, BOTTOM, "g1")
    return canvas.picture(TITLE.say(lang, resource=resource), WIDTH, HEIGHT)

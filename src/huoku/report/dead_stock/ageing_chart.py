"""Stock by age as bars: how much money has been here how long, and how much of it nobody will use."""

from huoku.language import Language, Sentence
from huoku.report.drawing import Canvas, Picture, draw_legend, linear
from huoku.report.numbers import money, share
from huoku.sense.review import AGES, DeadStock

TITLE = Sentence("库龄", "Stock by age")
SPAN = Sentence("{first}–{last} 天", "{first}-{last} {last|day|days}")
BEYOND = Sentence("{first} 天以上", "{first} {first|day|days} and more")
UNKNOWN = Sentence("不知道", "not known")
DEAD = Sentence("用不上", "dead")
ALIVE = Sentence("一年内用得上", "used within a year")
OF_IT = Sentence("{value}，其中用不上 {dead}（{share}）", "{value}, {dead} of it dead ({share})")

WIDTH, LEFT, RIGHT, ROW, TOP = 1120.0, 130.0, 760.0, 30.0, 34.0


def ageing_chart(review: DeadStock, lang: Language) -> Picture:
    """One bar for each bucket, drawn to the value in it."""
    canvas, currency = Canvas(), review.factory.settings.currency
    draw_legend(canvas, LEFT, 12, [("bad", DEAD.say(lang)), ("h1", ALIVE.say(lang))])
    most = max([1.0, *review.ageing["value"].to_list()])
    x = linear(0.0, most, LEFT, RIGHT)
    y = TOP
    for first, _, value, dead in review.ageing.iter_rows():
        name, part = age_name(first, lang), dead / value if value else None
        told = OF_IT.say(lang, value=money(value, currency), dead=money(dead, currency), share=share(part))
        canvas.text(LEFT - 10, y + 14, name, "", "end")
        canvas.rect(LEFT, y, x(value) - LEFT, 20, "h1", told)
        canvas.rect(LEFT, y, x(dead) - LEFT, 20, "bad", told)
        canvas.text(x(value) + 8, y + 14, told, "m")
        y += ROW
    return canvas.picture(TITLE.say(lang), WIDTH, y + 4)


def age_name(first: int | None, lang: Language) -> str:
    """A bucket of ages in words, by the day on which it begins."""
    if first is None:
        return UNKNOWN.say(lang)
    later = [day for day in AGES if day > first]
    return SPAN.say(lang, first=first, last=later[0] - 1) if later else BEYOND.say(lang, first=first)

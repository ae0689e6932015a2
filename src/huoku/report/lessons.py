"""A closed case of dead stock, in one sentence, for whoever is about to buy the same way again."""

from huoku.language import Language, Sentence
from huoku.report.numbers import money, qty, share
from huoku.sense.lessons import Lesson

ALIKE = {
    "item": Sentence("上次这种料（{date} 处置完）：", "Last time with this item (closed {date}): "),
    "supplier": Sentence(
        "同一家供应商，上次是 {item}（{date} 处置完）：", "The same supplier, last time with {item} (closed {date}): "
    ),
    "excess": Sentence(
        "上次这样多买的是 {item}（{date} 处置完）：", "The last to be bought beyond the need, {item} (closed {date}): "
    ),
}
BOUGHT = Sentence("要用 {needed}，买了 {bought}，", "{bought} were bought for a need of {needed}; ")
LAY = Sentence("剩下 {qty} {unit} 放了 {months:.0f} 个月，", "{qty} {unit} lay {months:.0f} {months:.0f|month|months} ")
LEFT = Sentence("剩下 {qty} {unit}，", "{qty} {unit} were left ")
BACK = Sentence(
    "最后只收回 {proceeds}，是账面 {value} 的 {share}（{outlet}）。",
    "and brought {proceeds}, {share} of their value of {value} ({outlet}).",
)
TAUGHT = Sentence("教训：{lesson}", " Lesson: {lesson}")


def lesson_text(case: Lesson, currency: str, lang: Language) -> str:
    """What was bought for what need, how long the rest lay, what it brought, and what was learnt from it."""
    told = ALIKE[case.alike].say(lang, item=case.item, date=case.closed_on)
    if case.bought is not None and case.needed is not None:
        told += BOUGHT.say(lang, bought=qty(case.bought), needed=qty(case.needed))
    if case.months is None:
        told += LEFT.say(lang, qty=qty(case.qty), unit=case.unit)
    else:
        told += LAY.say(lang, qty=qty(case.qty), unit=case.unit, months=case.months)
    told += BACK.say(
        lang,
        proceeds=money(case.proceeds, currency),
        value=money(case.value, currency),
        share=share(case.proceeds / case.value if case.value else None),
        outlet=case.outlet,
    )
    return told if case.lesson is None else told + TAUGHT.say(lang, lesson=case.lesson)

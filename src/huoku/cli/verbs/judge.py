"""``huoku judge FACTORY PLAN``: does a plan keep the rules of the contract, and what does it cost?"""

import argparse

import huoku
from huoku.cli.answer import Answer
from huoku.cli.days import day_in
from huoku.cli.money import cost_lines
from huoku.cli.progress import Progress
from huoku.cli.words import FACTORY, JUDGING, PLAN
from huoku.language import Language, Sentence

TODAY = Sentence(
    zh="计划的第一天，与做计划时相同（默认：工厂的设置，否则今天）",
    en="first day of the plan, as it was planned (default: the factory's own setting, else the day of the run)",
)
KEPT = Sentence(zh="计划遵守全部规则。", en="The plan keeps every rule.")
BROKEN = Sentence(zh="违反规则 {count:,} 处：", en="Violations of the rules: {count:,}")
UNTOLD = Sentence(zh="  ……另有 {count:,} 处没有列出", en="  ... and {count:,} more that are not listed")
REACHED = Sentence(
    zh="需求 {demands:,} 条：按时 {on_time:,}，全数承诺的占 {promised_share:.1%}；迟交共 {late_days:,.0f} 天",
    en="Demands {demands:,}: on time {on_time:,}, promised in full {promised_share:.1%}; "
    "{late_days:,.0f} {late_days:,.0f|day|days} late together",
)
LEFT = Sentence(zh="期末余料价值 {leftover_value:,.2f}", en="Value of the leftovers {leftover_value:,.2f}")


def arguments(parser: argparse.ArgumentParser, lang: Language) -> None:
    parser.add_argument("factory", metavar="FACTORY", help=FACTORY.say(lang))
    parser.add_argument("plan", metavar="PLAN", help=PLAN.say(lang))
    parser.add_argument("--today", metavar="DATE", type=day_in(lang), help=TODAY.say(lang))


def run(options: argparse.Namespace, progress: Progress) -> Answer:
    lang: Language = options.lang
    progress.expect(1)
    with progress.stage(JUDGING):
        verdict = huoku.judge(huoku.read(options.factory, today=options.today), options.plan)
    told = [(violation.rule, violation.subject, violation.message(lang)) for violation in verdict.violations]
    lines = [BROKEN.say(lang, count=verdict.count) if told else KEPT.say(lang)]
    lines += [f"  [{rule}] {message}" for rule, _, message in told]
    if verdict.count > len(told):
        lines.append(UNTOLD.say(lang, count=verdict.count - len(told)))
    lines += [REACHED.say(lang, **verdict.figures), LEFT.say(lang, **verdict.figures)]
    lines += cost_lines(verdict.figures, lang)
    data = {
        "violations": verdict.count,
        "told": [{"rule": rule, "subject": subject, "message": message} for rule, subject, message in told],
        "figures": verdict.figures,
    }
    return Answer("\n".join(lines), data, exit_code=1 if verdict.count else 0)

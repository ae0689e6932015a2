"""``huoku replan PLAN --set ... -o OUT``: work a change into a plan, tell what it moves, save what comes of it."""

import argparse
from pathlib import Path

import huoku
from huoku.cli.answer import Answer
from huoku.cli.folders import free_for_a_plan
from huoku.cli.progress import Progress
from huoku.cli.what_if import add_what_if, is_supposed, supposed
from huoku.cli.words import PLAN, PLANNING, READING, SAVED, WRITING
from huoku.errors import UsageError
from huoku.language import Language, Sentence

FACTORY = Sentence(
    zh="改过的工厂数据；不写时用计划自己的输入。--set、--add、--remove 在它上面改",
    en="the factory as it is now; without it, the plan's own input. --set, --add and --remove change it further",
)
OUT = Sentence(
    zh="新计划写到这个文件夹（可以就是 PLAN）；不写就只说明变化，不保存",
    en="folder for the new plan, PLAN itself if you like; without it the change is told and nothing is saved",
)
NOTHING = Sentence(
    zh="没有说改了什么；请给出 --factory、--set、--add 或 --remove",
    en="nothing is said to have changed; give --factory, --set, --add or --remove",
)


def arguments(parser: argparse.ArgumentParser, lang: Language) -> None:
    parser.add_argument("plan", metavar="PLAN", type=Path, help=PLAN.say(lang))
    parser.add_argument("--factory", metavar="FACTORY", help=FACTORY.say(lang))
    parser.add_argument("-o", "--out", metavar="OUT", type=Path, help=OUT.say(lang))
    add_what_if(parser, lang)


def run(options: argparse.Namespace, progress: Progress) -> Answer:
    lang: Language = options.lang
    if not (options.factory or is_supposed(options)):
        raise UsageError(NOTHING.say(lang))
    if options.out:
        free_for_a_plan(options.out, lang)
    progress.expect(3 if options.out else 2)
    with progress.stage(READING):
        before = huoku.Plan.load(options.plan)
        today = before.factory.settings.today
        factory = supposed(huoku.read(options.factory, today=today) if options.factory else before.factory, options)
    with progress.stage(PLANNING):
        after = huoku.replan(before, factory, lang=lang, progress=progress.step)
    told = huoku.compare(before, after)
    text, data = huoku.report.comparison_text(told, lang), told.data()
    if options.out:
        with progress.stage(WRITING):
            after.save(options.out)
        text, data = f"{text}\n{SAVED.say(lang, path=options.out)}", {**data, "plan": options.out}
    return Answer(text, data, exit_code=1 if told.worse else 0)

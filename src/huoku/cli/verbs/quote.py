"""``huoku quote PLAN ITEM QTY DATE``: what date can be promised, without changing the plan."""

import argparse

import huoku
from huoku.cli.answer import Answer
from huoku.cli.days import day_in
from huoku.cli.progress import Progress
from huoku.cli.words import PLAN, QUOTING, READING
from huoku.language import Language, Sentence

ITEM = Sentence(zh="物料编码", en="name of an item")
QTY = Sentence(zh="要多少，按物料的单位", en="how much is wanted, in the item's unit")
DATE = Sentence(zh="哪天要，例如 2026-02-03", en="when it is wanted, such as 2026-02-03")
PRIORITY = Sentence(zh="优先级，1 最急（默认 5）", en="priority, 1 is most urgent (default: 5)")
LOCATION = Sentence(zh="在哪个库位要（默认 MAIN）", en="where it is wanted (default: MAIN)")


def arguments(parser: argparse.ArgumentParser, lang: Language) -> None:
    parser.add_argument("plan", metavar="PLAN", help=PLAN.say(lang))
    parser.add_argument("item", metavar="ITEM", help=ITEM.say(lang))
    parser.add_argument("qty", metavar="QTY", help=QTY.say(lang))
    parser.add_argument("date", metavar="DATE", type=day_in(lang), help=DATE.say(lang))
    parser.add_argument("--priority", metavar="N", type=int, default=5, help=PRIORITY.say(lang))
    parser.add_argument("--location", metavar="L", default="MAIN", help=LOCATION.say(lang))


def run(options: argparse.Namespace, progress: Progress) -> Answer:
    lang: Language = options.lang
    progress.expect(2)
    with progress.stage(READING):
        plan = huoku.Plan.load(options.plan)
    with progress.stage(QUOTING):
        quote = plan.quote(
            options.item,
            options.qty,
            options.date,
            location=options.location,
            priority=options.priority,
            lang=lang,
        )
        text, data = huoku.report.quote_text(quote, lang), quote.data()
    return Answer(text, data, exit_code=0 if quote.is_kept else 1)

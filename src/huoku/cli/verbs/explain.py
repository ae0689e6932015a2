"""``huoku explain PLAN ID``: the tree behind an order, a demand or an item, a resource's load, with every reason."""

import argparse

import huoku
from huoku.cli.answer import Answer
from huoku.cli.progress import Progress
from huoku.cli.words import PLAN
from huoku.language import Language, Sentence

SUBJECT = Sentence(
    zh="计划单号、需求单号、在途单号、物料编码或资源",
    en="name of an order, a demand, an open supply, an item or a resource",
)


def arguments(parser: argparse.ArgumentParser, lang: Language) -> None:
    parser.add_argument("plan", metavar="PLAN", help=PLAN.say(lang))
    parser.add_argument("subject", metavar="ID", help=SUBJECT.say(lang))


def run(options: argparse.Namespace, progress: Progress) -> Answer:
    plan = huoku.in_language(huoku.Plan.load(options.plan), options.lang)
    explanation = huoku.explain(plan, options.subject)
    # A plan of another version cannot be said anew: then all of it is said in its own language.
    return Answer(explanation.text(plan.lang), explanation.data())

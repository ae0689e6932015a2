"""``huoku simulate FACTORY``: the factory's own past, bought again by other rules."""

import argparse
from pathlib import Path

import huoku
from huoku.cli.answer import Answer
from huoku.cli.progress import Progress
from huoku.cli.words import FACTORY, READING, REPLAYING, REPORT_SAVED, REPORTING
from huoku.language import Language, Sentence

POLICIES = Sentence(
    zh="采购规则，用逗号分开：up-to 补到均值加安全库存，reorder 再订货点，lot-for-lot 按净需求，"
    "on-backlog 有欠单才买，weighed 逐批权衡（默认全部）",
    en="rules, with commas between them: up-to, reorder, lot-for-lot, on-backlog, weighed (default: all)",
)
LEARN = Sentence(
    zh="前多少周用来学习，其余的回放（默认 57 %%）", en="weeks to learn from (default: 57 %%); the rest is replayed"
)
OPENING = Sentence(
    zh="期初库存是 up-to 水位的几倍，各规则相同（默认 1）",
    en="opening stock as a multiple of the level of up-to, the same for every rule (default: 1)",
)
DECLINE = Sentence(zh="没货的订单丢失，不再补交", en="what cannot be served at once is lost")
OUT = Sentence(zh="把报告写成这个网页文件", en="also write a report, as this html file")


def arguments(parser: argparse.ArgumentParser, lang: Language) -> None:
    parser.add_argument("factory", metavar="FACTORY", help=FACTORY.say(lang))
    parser.add_argument("--policies", metavar="A,B", help=POLICIES.say(lang))
    parser.add_argument("--learn", metavar="WEEKS", type=int, help=LEARN.say(lang))
    parser.add_argument("--opening", metavar="X", type=float, default=1.0, help=OPENING.say(lang))
    parser.add_argument("--may-decline", action="store_true", help=DECLINE.say(lang))
    parser.add_argument("-o", "--out", metavar="FILE", type=Path, help=OUT.say(lang))


def run(options: argparse.Namespace, progress: Progress) -> Answer:
    lang: Language = options.lang
    progress.expect(3 if options.out else 2)
    with progress.stage(READING):
        factory = huoku.read(options.factory)
    known = {"learning_weeks": options.learn, "opening": options.opening, "may_decline": options.may_decline}
    if options.policies:
        known["policies"] = [name.strip() for name in options.policies.split(",")]
    with progress.stage(REPLAYING):
        told = huoku.simulate(factory, **known)
        text, data = huoku.report.replay_text(told, lang), told.data()
    if options.out:
        with progress.stage(REPORTING):
            data["report"] = huoku.report.write_replay(told, options.out, lang)
        text += f"\n{REPORT_SAVED.say(lang, path=options.out)}"
    return Answer(text, data)

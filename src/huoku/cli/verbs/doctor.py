"""``huoku doctor``: are the records true?"""

import argparse

from huoku.cli.answer import Answer
from huoku.cli.progress import Progress
from huoku.cli.server import DATA, begin
from huoku.language import Language, Sentence

FREEZE = Sentence(
    zh="停止写入有问题的账目，直到管理员处理", en="let nothing more be written into records that are wrong"
)
LOOKING = Sentence(zh="体检", en="examine")
SOUND = Sentence(zh="一切正常。", en="All is well.")
WRONG = Sentence(zh="{count} 处不符，{doubts} 处存疑：", en="{count} wrong, {doubts} doubtful:")


def arguments(parser: argparse.ArgumentParser, lang: Language) -> None:
    parser.add_argument("--freeze", action="store_true", help=FREEZE.say(lang))
    parser.add_argument("--data", metavar="FOLDER", help=DATA.say(lang))


def run(options: argparse.Namespace, progress: Progress) -> Answer:
    """Ends with 3 where something is wrong, with 1 where something is doubtful only."""
    lang: Language = options.lang
    progress.expect(1)
    begin(options.data)
    from huoku.server.running.examination import examine

    with progress.stage(LOOKING):
        complaints = examine(lang, freeze=options.freeze)
    wrong = [each for each in complaints if not each.is_doubtful]
    listed = [
        {"company": each.company, "rule": each.rule, "text": each.text, "doubtful": each.is_doubtful}
        for each in complaints
    ]
    if not complaints:
        return Answer(SOUND.say(lang), {"findings": listed})
    head = WRONG.say(lang, count=len(wrong), doubts=len(complaints) - len(wrong))
    lines = [f"  {each.company + ' ' if each.company else ''}{each.text}" for each in complaints]
    return Answer("\n".join([head, *lines]), {"findings": listed}, 3 if wrong else 1)

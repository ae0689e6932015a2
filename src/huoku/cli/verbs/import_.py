"""``huoku import``: a factory folder or a workbook into an empty company of the server."""

import argparse
from pathlib import Path

from huoku.cli.answer import Answer
from huoku.cli.progress import Progress
from huoku.cli.server import DATA, begin
from huoku.language import Language, Sentence

SOURCE = Sentence(zh="工厂文件夹或工作簿", en="a factory folder or a workbook")
COMPANY = Sentence(
    zh="公司编号（只有一家时可省略）；公司里还不能有物料",
    en="the company's code (not needed where there is one); it has no items yet",
)
BRINGING = Sentence(zh="导入", en="bring in")
DONE = Sentence(
    zh="已导入 {items} 种物料、{demands} 条需求、{stock} 批库存，共 {commands} 步。",
    en=(
        "Brought in: {items} {items|item|items}, {demands} {demands|demand|demands}, {stock} {stock|lot|lots} "
        "of stock, by {commands} {commands|command|commands}."
    ),
)


def arguments(parser: argparse.ArgumentParser, lang: Language) -> None:
    parser.add_argument("folder", metavar="FOLDER", type=Path, help=SOURCE.say(lang))
    parser.add_argument("--company", metavar="CODE", default="", help=COMPANY.say(lang))
    parser.add_argument("--data", metavar="FOLDER", help=DATA.say(lang))


def run(options: argparse.Namespace, progress: Progress) -> Answer:
    """Whatever is refused, the company stays as empty as it was."""
    lang: Language = options.lang
    progress.expect(1)
    begin(options.data)
    from huoku.server.running.folders import import_company

    with progress.stage(BRINGING):
        factory, commands = import_company(options.folder, options.company)
    rows = {name: factory.table(name).height for name in ("items", "demands", "stock")}
    return Answer(DONE.say(lang, commands=commands, **rows), {"commands": commands, **rows})

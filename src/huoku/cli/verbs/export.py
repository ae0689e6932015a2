"""``huoku export``: a company of the server as a factory folder or a workbook."""

import argparse
from pathlib import Path

from huoku.cli.answer import Answer
from huoku.cli.progress import Progress
from huoku.cli.server import DATA, begin
from huoku.cli.words import WRITING
from huoku.language import Language, Sentence

TARGET = Sentence(zh="新的文件夹，或 .xlsx 工作簿", en="a new folder, or a workbook ending in .xlsx")
COMPANY = Sentence(zh="公司编号（只有一家时可省略）", en="the company's code (not needed where there is one)")
FORMAT = Sentence(zh="文件夹里的格式：csv 或 parquet", en="files of the folder: csv or parquet")
DONE = Sentence(
    zh="已写到 {path}：{items} 种物料，{demands} 条需求，{stock} 批库存。可以用 huoku plan、huoku import 读它。",
    en="Written to {path}: {items} {items|item|items}, {demands} {demands|demand|demands}, {stock} "
    "{stock|lot|lots} of stock. "
    "huoku plan and huoku import read it.",
)


def arguments(parser: argparse.ArgumentParser, lang: Language) -> None:
    parser.add_argument("folder", metavar="FOLDER", type=Path, help=TARGET.say(lang))
    parser.add_argument("--company", metavar="CODE", default="", help=COMPANY.say(lang))
    parser.add_argument("--format", choices=("csv", "parquet"), default="csv", help=FORMAT.say(lang))
    parser.add_argument("--data", metavar="FOLDER", help=DATA.say(lang))


def run(options: argparse.Namespace, progress: Progress) -> Answer:
    lang: Language = options.lang
    progress.expect(1)
    begin(options.data)
    from huoku.server.running.folders import export_company

    with progress.stage(WRITING):
        factory = export_company(options.folder, options.company, options.format)
    rows = {name: factory.table(name).height for name in ("items", "demands", "stock")}
    return Answer(DONE.say(lang, path=options.folder, **rows), {"path": options.folder, **rows})

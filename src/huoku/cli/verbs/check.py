"""``huoku check FACTORY``: every problem in the tables, and how many rows there are."""

import argparse

import huoku
from huoku.cli.answer import Answer
from huoku.cli.problems import MORE, by_file, problem_data
from huoku.cli.progress import Progress
from huoku.cli.what_if import add_what_if, supposed
from huoku.cli.words import FACTORY, READING
from huoku.language import Language, Sentence

TABLES = Sentence(zh="数据表（行数）：{tables}", en="Tables (rows): {tables}")
CLEAN = Sentence(zh="没有发现问题，可以做计划。", en="No problems: the factory can be planned.")
DOUBTFUL = Sentence(
    zh="没有错误，可以做计划；有 {count:,} 处存疑，请看一看。",
    en="No errors: the factory can be planned. Doubtful, please look: {count:,}.",
)


def arguments(parser: argparse.ArgumentParser, lang: Language) -> None:
    parser.add_argument("factory", metavar="FACTORY", help=FACTORY.say(lang))
    add_what_if(parser, lang)


def run(options: argparse.Namespace, progress: Progress) -> Answer:
    lang: Language = options.lang
    progress.expect(1)
    with progress.stage(READING):
        factory = supposed(huoku.read(options.factory), options)
    warnings, count = factory.warnings, factory.warning_count
    rows = {name: factory.table(name).height for name in huoku.factory.TABLES}
    titles = {name: table.zh if lang != "en" else name for name, table in huoku.factory.TABLES.items()}
    filled = ", ".join(f"{titles[name]} {count:,}" for name, count in rows.items() if count)
    lines = by_file(warnings, lang)
    if count > len(warnings):
        lines.append(MORE.say(lang, count=count - len(warnings)))
    lines += [""] if lines else []
    lines.append(TABLES.say(lang, tables=filled))
    lines.append(DOUBTFUL.say(lang, count=count) if count else CLEAN.say(lang))
    data = {
        "errors": 0,
        "warnings": count,
        "problems": [problem_data(warning, lang) for warning in warnings],
        "tables": rows,
    }
    return Answer("\n".join(lines), data, exit_code=1 if count else 0)

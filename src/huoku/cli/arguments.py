"""The parser of the command line, in the user's language, built from the table of verbs."""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import huoku
from huoku.cli.verbs import VERBS, Verb, load
from huoku.language import LANGUAGES, Language, Sentence

ABOUT = Sentence(
    zh="huoku（活库）：小批量、按订单生产的工厂的计划与库存。",
    en="huoku (活库): planning and inventory for factories that make small batches to order.",
)
CODES = Sentence(
    zh="退出码：0 完成；1 完成，但有迟交、没有承诺或存疑之处；2 用法；3 数据；4 求解器超限；5 程序自身错误。",
    en="exit codes: 0 done; 1 done with something late, unpromised or doubtful; 2 usage; 3 data; "
    "4 solver limit without an answer; 5 own fault.",
)
JSON = Sentence(zh="输出一个 JSON 对象，供程序使用", en="print one JSON object, for programs")
LANG = Sentence(zh="使用的语言（默认按系统语言）", en="language to speak (default: that of the machine)")
HELP = Sentence(zh="显示本帮助", en="show this help")
VERSION = Sentence(zh="显示版本", en="show the version")
VERBS_TITLE = Sentence(zh="命令", en="commands")
VERB = Sentence(zh="命令", en="COMMAND")

# What argparse says of itself, by its own English text.
ARGPARSE_IN_CHINESE = {
    "usage: ": "用法：",
    "positional arguments": "参数",
    "options": "选项",
    "%(prog)s: error: %(message)s\n": "%(prog)s：%(message)s\n",
    "the following arguments are required: %s": "缺少参数：%s",
    "unrecognized arguments: %s": "不认识的参数：%s",
    "argument %(argument_name)s: %(message)s": "参数 %(argument_name)s：%(message)s",
    "expected one argument": "需要一个值",
    "expected at least one argument": "至少需要一个值",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)r 这个选项（可选：%(choices)s）",
    "invalid %(type)s value: %(value)r": "%(value)r 不是有效的值（%(type)s）",
    "not allowed with argument %s": "不能与 %s 同用",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s 不明确，可能是 %(matches)s",
}


def parse(arguments: Sequence[str], lang: Language) -> tuple[Verb, argparse.Namespace]:
    """The verb that was asked for and its options. Ends the process with code 2, as argparse does, on wrong usage."""
    with _argparse_speaks(lang):
        parser = _parser(lang)
        asked = next((word for word in arguments if word in VERBS), None)
        verbs = parser.add_subparsers(title=VERBS_TITLE.say(lang), metavar=VERB.say(lang), dest="verb", required=True)
        for name, entry in VERBS.items():
            if entry.help is None:
                one = verbs.add_parser(name, add_help=False)
            else:
                text = entry.help.say(lang)
                one = verbs.add_parser(name, help=text, description=text, add_help=False)
            _add_common(one, lang)
            if name == asked:  # the others are only named in the help, so their files stay unread
                load(name).arguments(one, lang)
        if not arguments:
            parser.print_help()
            parser.exit(2)
        options = parser.parse_args(arguments, argparse.Namespace(json=False, lang=lang))
    return load(options.verb), options


def _parser(lang: Language) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="huoku", description=ABOUT.say(lang), epilog=CODES.say(lang), add_help=False, allow_abbrev=False
    )
    _add_common(parser, lang)
    version = f"huoku {huoku.__version__}"
    parser.add_argument("--version", action="version", version=version, help=VERSION.say(lang))
    return parser


def _add_common(parser: argparse.ArgumentParser, lang: Language) -> None:
    # Both may stand before the verb or after it; SUPPRESS keeps the second place from wiping out the first.
    parser.add_argument("-h", "--help", action="help", help=HELP.say(lang))
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=JSON.say(lang))
    parser.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=LANG.say(lang))


@contextmanager
def _argparse_speaks(lang: Language) -> Iterator[None]:
    """Let argparse's own sentences pass through our table: it looks each one up by the name ``_``."""
    before = vars(argparse)["_"]
    if lang != "en":
        vars(argparse)["_"] = lambda text: ARGPARSE_IN_CHINESE.get(text, text)
    try:
        yield
    finally:
        vars(argparse)["_"] = before

"""The problems of a factory's tables, shown by file and as data."""

from collections.abc import Iterable, Sequence

from huoku.errors import BackupRefused, DataError, Problem
from huoku.language import Language, Sentence

HEADING = Sentence(zh="{place}（{count} 条）", en="{place} ({count})")
WHOLE = Sentence(zh="整个工厂", en="the factory as a whole")
MORE = Sentence(zh="……另有 {count:,} 条没有列出", en="... and {count:,} more that are not listed")
ERRORS = Sentence(
    zh="错误共 {count:,} 处，没有写出任何文件。改正后请再运行。",
    en="Errors: {count:,}. Nothing was written; correct them and run this again.",
)

BACKUP = Sentence(
    zh="这份备份这样不能恢复。请先按上面说的处理，或换一份备份。",
    en="This backup cannot be put back as it is. Do what is said above, or take another one.",
)


def by_file(problems: Iterable[Problem], lang: Language) -> list[str]:
    """One heading per file or table, in order of appearance, its problems under it."""
    groups: dict[str, list[Problem]] = {}
    for problem in problems:
        groups.setdefault(problem.file or problem.table, []).append(problem)
    lines = []
    for place, found in groups.items():
        lines.append(HEADING.say(lang, place=place or WHOLE.say(lang), count=len(found)))
        lines += [f"  {problem.text(lang)}" for problem in found]
    return lines


def problems_text(error: DataError, lang: Language) -> str:
    """Errors as the command line shows them: every one that was kept, how many there are in all, and what to do."""
    lines = by_file(error.problems, lang)
    if error.count > len(error.problems):
        lines.append(MORE.say(lang, count=error.count - len(error.problems)))
    ending = BACKUP if isinstance(error, BackupRefused) else ERRORS
    return "\n".join([*lines, "", ending.say(lang, count=error.count)])


def problem_data(problem: Problem, lang: Language) -> dict[str, object]:
    return {
        "severity": problem.severity,
        "rule": problem.rule,
        "table": problem.table,
        "file": problem.file,
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "message": problem.text(lang),
    }


def problems_data(problems: Sequence[Problem], count: int, lang: Language) -> dict[str, object]:
    return {"errors": count, "problems": [problem_data(problem, lang) for problem in problems]}

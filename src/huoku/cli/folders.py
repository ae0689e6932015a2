"""Where a plan may be written: never over something that is not a plan."""

from pathlib import Path

from huoku.errors import UsageError
from huoku.language import Language, Sentence

MARK = "plan.json"
"""The file by which a folder is known as a saved plan."""

NOT_A_PLAN = Sentence(
    zh="{path} 已经存在，而且不是计划文件夹，不会覆盖。请换一个位置（-o）。",
    en="{path} exists and is not a plan folder; it is left alone. Choose another place (-o).",
)


def free_for_a_plan(path: Path, lang: Language) -> None:
    """Refuse, before any work is done, to write where something else lies. UsageError says so."""
    if not path.exists() or (path / MARK).is_file():
        return
    if path.is_dir() and not any(path.iterdir()):
        return
    raise UsageError(NOT_A_PLAN.say(lang, path=path))

"""From what went wrong to an exit code and words: no traceback for anything that was to be expected."""

import errno
import os
import sys
from collections.abc import Callable

from huoku.cli.answer import Answer, show
from huoku.cli.problems import problems_data, problems_text
from huoku.cli.streams import abandon_stdout
from huoku.errors import DataError, HuokuError
from huoku.language import Language, Sentence

INTERRUPTED = 130
OWN_FAULT = 5
DEBUG = "HUOKU_DEBUG"

STOPPED = Sentence(zh="已中断。", en="Interrupted.")
NO_FILE = Sentence(zh="{name}：{reason}", en="{name}: {reason}")
REASONS = {
    errno.ENOENT: Sentence("没有这个文件或文件夹", "there is no such file or folder"),
    errno.EEXIST: Sentence("已经有这个文件", "a file is there already"),
    errno.EISDIR: Sentence("这是文件夹，不是文件", "this is a folder, not a file"),
    errno.ENOTDIR: Sentence("路径中间有一个不是文件夹", "a part of this path is no folder"),
    errno.ENOTEMPTY: Sentence("文件夹不是空的", "the folder is not empty"),
    errno.EACCES: Sentence("没有权限", "no permission"),
    errno.EPERM: Sentence("不允许", "not allowed"),
    errno.EROFS: Sentence("磁盘是只读的", "the disk can only be read"),
    errno.ENOSPC: Sentence("磁盘满了", "the disk is full"),
    errno.ENAMETOOLONG: Sentence("名称太长", "the name is too long"),
    errno.EMFILE: Sentence("打开的文件太多", "too many files are open"),
}
"""What the operating system says most often, in words."""
NOT_THIS_VERSION = Sentence(
    "数据库和这个程序不是一个版本（{reason}）：请运行 `huoku upgrade --check` 查看",
    "the database does not fit this program ({reason}): `huoku upgrade --check` tells what it needs",
)
DAMAGED = Sentence(
    "数据库文件坏了，或不是数据库（{reason}）：请用 `huoku restore 备份 --data 新文件夹` 恢复最近的备份",
    "the database's file is damaged or none at all ({reason}): put the last backup back, "
    "`huoku restore BACKUP --data NEW-FOLDER`",
)
NOT_WRITTEN = Sentence(
    "数据库现在不能写（{reason}）：请检查磁盘空间和文件夹的权限",
    "the database cannot be written to ({reason}): look at the disk's room and the folder's permissions",
)
OF_DATABASES = {
    "no such table": NOT_THIS_VERSION,
    "no such column": NOT_THIS_VERSION,
    "does not exist": NOT_THIS_VERSION,
    "file is not a database": DAMAGED,
    "malformed": DAMAGED,
    "disk is full": NOT_WRITTEN,
    "No space left": NOT_WRITTEN,
    "disk I/O error": NOT_WRITTEN,
    "readonly database": NOT_WRITTEN,
    "unable to open database file": NOT_WRITTEN,
}
"""What databases say that is nobody's fault here, by a part of their words."""
OUR_FAULT = Sentence(
    zh="程序内部错误（{kind}：{reason}）。这是 huoku 的问题，不是数据的问题；"
    "设置 HUOKU_DEBUG=1 再运行，可看到出错位置。",
    en="Internal error ({kind}: {reason}). The fault is huoku's, not your data's; "
    "run it again with HUOKU_DEBUG=1 to see where.",
)


def guarded(command: Callable[[], int], lang: Language, *, as_json: bool) -> int:
    """Run a command and return its exit code; turn every failure into one.

    With HUOKU_DEBUG set, a fault of our own is raised as it is.
    """
    try:
        return command()
    except BrokenPipeError:
        abandon_stdout()
        return 0
    except KeyboardInterrupt:
        print(f"\n{STOPPED.say(lang)}", file=sys.stderr)
        return INTERRUPTED
    except DataError as error:
        return _report(problems_text(error, lang), error, lang, as_json)
    except HuokuError as error:
        return _report(error.say(lang), error, lang, as_json)
    except OSError as error:
        if error.filename is None and error.errno not in REASONS:
            return _own_fault(error, lang, as_json)
        return _refused_by_the_system(error, lang, as_json)
    except Exception as error:
        if said := _of_database(error):
            return _refuse(text := said.say(lang, reason=_in_a_line(error)), 2, {"error": text}, as_json)
        return _own_fault(error, lang, as_json)


def _refused_by_the_system(error: OSError, lang: Language, as_json: bool) -> int:
    reason = REASONS[error.errno].say(lang) if error.errno in REASONS else error.strerror or str(error)
    text = reason if error.filename is None else NO_FILE.say(lang, name=os.fspath(error.filename), reason=reason)
    return _refuse(text, 2, {"error": text}, as_json)


def _report(text: str, error: HuokuError, lang: Language, as_json: bool) -> int:
    data: dict[str, object] = {"error": text}
    if isinstance(error, DataError):
        data = problems_data(error.problems, error.count, lang)
    return _refuse(text, error.exit_code, data, as_json)


def _of_database(error: Exception) -> Sentence | None:
    """What is to be said of an error of the database's; None where it is none, or a fault of ours."""
    if not type(error).__module__.startswith(("django.db", "sqlite3")):
        return None
    return next((said for words, said in OF_DATABASES.items() if words in str(error)), None)


def _in_a_line(error: Exception) -> str:
    return " ".join(str(error).split())[:300]


def _own_fault(error: Exception, lang: Language, as_json: bool) -> int:
    if os.environ.get(DEBUG):
        raise error
    text = OUR_FAULT.say(lang, kind=type(error).__name__, reason=_in_a_line(error))
    return _refuse(text, OWN_FAULT, {"error": text}, as_json)


def _refuse(text: str, exit_code: int, data: dict[str, object], as_json: bool) -> int:
    """Complaints go to stderr; a program that asked for JSON finds them on stdout, like every answer."""
    if as_json:
        show(Answer(text, data, exit_code), as_json=True)
    else:
        print(text, file=sys.stderr)
    return exit_code

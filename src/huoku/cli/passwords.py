"""A password that is given in a file, so that it stands in no list of processes and in no history of a shell."""

from pathlib import Path

from huoku.errors import UsageError
from huoku.language import Sentence

NO_TEXT = Sentence("{file}：不是 UTF-8 文本，读不出密码", "{file}: no text in UTF-8, so there is no password to read")
EMPTY = Sentence("{file}：文件是空的，里面没有密码", "{file}: it is empty, there is no password in it")


def password_in(file: Path | None) -> str:
    """The password in the file; "" where no file is named. Raises UsageError, OSError."""
    if file is None:
        return ""
    try:
        password = file.read_text(encoding="utf-8-sig").strip()
    except UnicodeDecodeError:
        raise UsageError(NO_TEXT, file=file) from None
    if not password:
        raise UsageError(EMPTY, file=file)
    return password

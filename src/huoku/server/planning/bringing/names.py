"""What the lines of papers are called in a factory."""

import re

LINE = re.compile(r"^(?P<number>.+)/(?P<seq>[1-9]\d{0,3})$")


def split(name: str) -> tuple[str, int]:
    """Document and line of a name such as SO-1042/2; the first line where it names none."""
    found = LINE.match(name)
    return (found["number"], int(found["seq"])) if found else (name, 1)


def seq(name: str) -> int:
    return split(name)[1]

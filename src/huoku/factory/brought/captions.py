"""What the head of a column says, without what other systems hang around it.

Kingdee writes ``*(物料)名称#中文(简体)``: a star, the block, the name, and of what the cell holds. Others put a remark
behind the name, ``最小订货量(自定)``, or dots within, ``仓库.编码``.
"""

import re

from huoku.factory.contract import plain

_BLOCK = re.compile(r"^\s*\*?\s*\([^)]*\)\s*\*?")
_REMARK = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*$")
_SIDE = re.compile(r"\(([^)]*)\)$")
_MARKS = re.compile(r"[%‰￥¥$·.:：、]")
A_NAME = frozenset({"名称", "name"})


def said_by(head: str) -> tuple[str, ...]:
    """Everything that a head may mean, the most literal first; each as ``plain`` writes it."""
    whole = plain(head)
    bare = plain(_BLOCK.sub("", whole))
    name, _, side = bare.partition("#")
    if side in A_NAME:
        name = name.removesuffix("编码").removesuffix("代码") + "名称"
    first = name.partition("/")[0]
    short = plain(_REMARK.sub("", first))
    inside = found.group(1) if (found := _SIDE.search(first)) else ""
    each = (whole, bare, name, first, short, _MARKS.sub("", first), _MARKS.sub("", short), plain(inside))
    return tuple(dict.fromkeys(text for text in each if text))


def is_percent(head: str) -> bool:
    """Whether the cells below are parts of a hundred."""
    return "%" in plain(head)

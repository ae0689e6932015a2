"""Files as people bring them: our workbook, tables as CSV, or lists that another system has written."""

from huoku.factory.brought.bringing import Brought, bring
from huoku.factory.brought.called import called, columns_of
from huoku.factory.brought.files import BroughtFile
from huoku.factory.brought.marked import marked, said_of
from huoku.factory.brought.parts import LeftOut, Part
from huoku.factory.brought.recognising import Wish

__all__ = [
    "Brought",
    "BroughtFile",
    "LeftOut",
    "Part",
    "Wish",
    "bring",
    "called",
    "columns_of",
    "marked",
    "said_of",
]

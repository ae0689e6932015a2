"""What a factory is: the tables of the file contract, read, checked and resolved.

The empty workbook, ``template.template``, stays where it is: few who read a factory write one.
"""

from huoku.factory.factory import Factory, build
from huoku.factory.inputs import TABLES
from huoku.factory.outputs import OUTPUT_TABLES
from huoku.factory.read import read
from huoku.factory.resolve import decimals, kinds, unit_values
from huoku.factory.settings import Settings
from huoku.factory.write import write

__all__ = [
    "OUTPUT_TABLES",
    "TABLES",
    "Factory",
    "Settings",
    "build",
    "decimals",
    "kinds",
    "read",
    "unit_values",
    "write",
]

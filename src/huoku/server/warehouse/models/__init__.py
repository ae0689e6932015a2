"""The tables of the warehouse, one idea a file."""

from huoku.server.warehouse.models.parts import TransferPart
from huoku.server.warehouse.models.transfers import Transfer, TransferLine

__all__ = ["Transfer", "TransferLine", "TransferPart"]

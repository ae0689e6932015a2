"""The tables of buying, one idea a file."""

from huoku.server.purchasing.models.chases import PurchaseChase
from huoku.server.purchasing.models.dates import DateGiven
from huoku.server.purchasing.models.defaults import PurchaseDefaults
from huoku.server.purchasing.models.lines import PurchaseLine
from huoku.server.purchasing.models.orders import PurchaseOrder
from huoku.server.purchasing.models.receipts import PurchaseReceipt
from huoku.server.purchasing.models.records import SupplierRecord
from huoku.server.purchasing.models.requests import PurchaseRequest

__all__ = [
    "DateGiven",
    "PurchaseChase",
    "PurchaseDefaults",
    "PurchaseLine",
    "PurchaseOrder",
    "PurchaseReceipt",
    "PurchaseRequest",
    "SupplierRecord",
]

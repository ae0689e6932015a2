"""What the names of purchasing lead to."""

from huoku.server.documents.papers import stands_for
from huoku.server.purchasing.models import PurchaseLine, PurchaseRequest

stands_for("purchasing.line", PurchaseLine, "purchase_orders", way="order")
stands_for("purchasing.request", PurchaseRequest, "purchase_requests")

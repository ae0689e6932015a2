"""The tables of sales, one idea a file."""

from huoku.server.sales.models.confirmations import Confirmation, SalesRules
from huoku.server.sales.models.orders import Requirement, SalesLine, SalesOrder
from huoku.server.sales.models.shipments import Shipment, ShipmentLine

__all__ = ["Confirmation", "Requirement", "SalesLine", "SalesOrder", "SalesRules", "Shipment", "ShipmentLine"]

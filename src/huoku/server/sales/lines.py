"""Lines of orders and shipments change, and the history of their paper says so."""

from typing import Any

from huoku.server.platform.command import At
from huoku.server.sales.models import SalesLine, ShipmentLine


def change_line(at: At, line: SalesLine | ShipmentLine, **values: Any) -> None:
    """Give a line other values; the order is locked by whoever does."""
    before = {name: getattr(line, name) for name in values}
    for name, value in values.items():
        setattr(line, name, value)
    line.save(update_fields=list(values))
    at.changed(line, before, values)

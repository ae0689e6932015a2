"""What the ledger calls the papers that wait for something, read back."""

from collections.abc import Iterable

ORDER, SALES_LINE, REQUEST, PURCHASE_LINE, TRANSFER_LINE = (
    "production.order:",
    "sales.line:",
    "purchasing.request:",
    "purchasing.line:",
    "warehouse.line:",
)


def number_in(name: str, kind: str) -> int | None:
    """The id in a name such as ``sales.line:5``; None where it is of another kind."""
    number = name.removeprefix(kind)
    return int(number) if number != name and number.isdigit() else None


def ids_in(names: Iterable[str], kind: str) -> list[int]:
    """The ids of all names of a kind."""
    return [id for name in names if (id := number_in(name, kind)) is not None]

"""Adding and changing suppliers and customers."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from huoku.server.partners.models import Customer, Partner, Supplier, SupplierDay
from huoku.server.partners.rights import EDIT_CUSTOMERS, EDIT_SUPPLIERS
from huoku.server.platform.alike import INSISTS, AlthoughAlike, must_not_be_alike
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import in_columns
from huoku.server.platform.hints import said
from huoku.server.platform.kept import add, change, must_be_new, named, opened, remove
from huoku.server.platform.requests import PRINTED, Asked, Attributes, Code, Count, Name, Opened, Words

Currency = Annotated[
    str,
    StringConstraints(
        pattern=said(r"^[A-Z]{3}$", "三个大写字母，如 CNY、USD。", "Three capital letters, such as CNY or USD.")
    ),
]
Telephone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60, pattern=PRINTED)]
Days = Annotated[int, Field(ge=0, le=3_650)]


ADDRESS = r"[^@\s,;]+@[^@\s,;]+"
Email = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        max_length=200,
        pattern=said(
            rf"^({ADDRESS}([,;] ?{ADDRESS})*)?$",
            "邮箱写成 name@example.com；多个用分号隔开。",
            "An address such as name@example.com; several stand with semicolons between them.",
        ),
    ),
]


class PartnerFields(Asked):
    name: Name = ""
    name_en: Name = ""
    contact: Name = ""
    phone: Telephone = ""
    email: Email = ""
    address: Words = ""
    currency: Currency = "CNY"
    payment_days: Days = 0
    attributes: Attributes = {}
    is_active: bool = True


class AddSupplier(PartnerFields):
    code: Code
    although_alike: AlthoughAlike = False


class ChangeSupplier(PartnerFields, Opened):
    pass


class CustomerFields(PartnerFields):
    priority: Count = 5


class AddCustomer(CustomerFields):
    code: Code
    although_alike: AlthoughAlike = False


class ChangeCustomer(CustomerFields, Opened):
    pass


@command(right=EDIT_SUPPLIERS)
def add_supplier(at: At, request: AddSupplier) -> dict[str, object]:
    """Somebody to buy from. Raises Taken."""
    return _add(at, Supplier, request)


@command(right=EDIT_SUPPLIERS)
def change_supplier(at: At, request: ChangeSupplier) -> dict[str, object]:
    """Other values for a supplier. Raises NotFound, Stale."""
    return _change(at, Supplier, request)


@command(right=EDIT_CUSTOMERS)
def add_customer(at: At, request: AddCustomer) -> dict[str, object]:
    """Somebody to sell to. Raises Taken."""
    return _add(at, Customer, request)


@command(right=EDIT_CUSTOMERS)
def change_customer(at: At, request: ChangeCustomer) -> dict[str, object]:
    """Other values for a customer. Raises NotFound, Stale."""
    return _change(at, Customer, request)


def _add(at: At, model: type[Partner], request: AddSupplier | AddCustomer) -> dict[str, object]:
    must_be_new(at, model, "code", request.code, code=request.code)
    must_not_be_alike(at, model, request.code, request.although_alike)
    values = {"currency": at.actor.company.currency, **in_columns(request, model, skip=(INSISTS,))}
    return {**add(at, model(**values)), "code": request.code}


def _change(at: At, model: type[Partner], request: ChangeSupplier | ChangeCustomer) -> dict[str, object]:
    row = opened(at, model, request.id, request.version)
    return change(at, row, in_columns(request, model, skip=("id", "version")))


class AddSupplierDay(Asked):
    supplier: Code
    date: date
    is_open: bool


class ChangeSupplierDay(Opened):
    is_open: bool


@command(right=EDIT_SUPPLIERS)
def add_supplier_day(at: At, request: AddSupplierDay) -> dict[str, object]:
    """A day on which a supplier works or does not. Raises Unknown, Taken."""
    supplier = named(at, Supplier, "supplier", request.supplier)
    must_be_new(at, SupplierDay, "date", request.date, supplier=supplier, date=request.date)
    return add(at, SupplierDay(supplier=supplier, date=request.date, is_open=request.is_open))


@command(right=EDIT_SUPPLIERS)
def change_supplier_day(at: At, request: ChangeSupplierDay) -> dict[str, object]:
    """Open what was closed, or close what was open. Raises NotFound, Stale."""
    return change(at, opened(at, SupplierDay, request.id, request.version), {"is_open": request.is_open})


@command(right=EDIT_SUPPLIERS)
def remove_supplier_day(at: At, request: Opened) -> dict[str, object]:
    """The day is as any other. Raises NotFound, Stale."""
    return remove(at, opened(at, SupplierDay, request.id, request.version))

"""The roles people have, and what each may see and do.

A right is named by its app and a verb (``ledger.move``). Each app declares its rights in its ``rights.py``; here they
come together, so that one table answers every door.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from huoku.language import Sentence


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    SALES = "sales", _("Sales")
    PLANNER = "planner", _("Planner")
    BUYER = "buyer", _("Buyer")
    STOREKEEPER = "storekeeper", _("Storekeeper")
    PRODUCTION_LEAD = "production_lead", _("Production lead")
    FINANCE = "finance", _("Finance")
    ENGINEER = "engineer", _("Engineer")
    ADMIN = "admin", _("Administrator")
    AUDITOR = "auditor", _("Auditor")
    SUPPLIER = "supplier", _("Supplier")
    CUSTOMER = "customer", _("Customer")


ROLES_CALLED = {
    Role.OWNER.value: Sentence("老板", "Owner"),
    Role.SALES.value: Sentence("销售", "Sales"),
    Role.PLANNER.value: Sentence("计划", "Planner"),
    Role.BUYER.value: Sentence("采购", "Buyer"),
    Role.STOREKEEPER.value: Sentence("仓库", "Storekeeper"),
    Role.PRODUCTION_LEAD.value: Sentence("生产主管", "Production lead"),
    Role.FINANCE.value: Sentence("财务", "Finance"),
    Role.ENGINEER.value: Sentence("工程", "Engineer"),
    Role.ADMIN.value: Sentence("系统管理", "Administrator"),
    Role.AUDITOR.value: Sentence("审计", "Auditor"),
    Role.SUPPLIER.value: Sentence("供应商", "Supplier"),
    Role.CUSTOMER.value: Sentence("客户", "Customer"),
}
INSIDE = frozenset(Role) - {Role.SUPPLIER, Role.CUSTOMER}
"""The roles of the company's own people."""


class FieldGroup(StrEnum):
    """Fields that not everybody may see. A field without a group is for all who may read its row."""

    COST = "cost"
    """Cost and margin."""
    SALES_PRICE = "sales_price"
    SUPPLIER_TERMS = "supplier_terms"
    CUSTOMER_IDENTITY = "customer_identity"
    PERSONAL = "personal"
    """Data about a person, such as a telephone number."""
    REMEDY = "remedy"
    """What a shortage costs, and each way out of it: whoever has to choose one knows it, though not what items cost."""


SEES: dict[FieldGroup, frozenset[Role]] = {
    FieldGroup.COST: frozenset({Role.OWNER, Role.FINANCE, Role.BUYER, Role.PLANNER, Role.AUDITOR}),
    FieldGroup.SALES_PRICE: frozenset({Role.OWNER, Role.FINANCE, Role.SALES, Role.AUDITOR}),
    FieldGroup.SUPPLIER_TERMS: frozenset({Role.OWNER, Role.FINANCE, Role.BUYER, Role.PLANNER, Role.AUDITOR}),
    FieldGroup.CUSTOMER_IDENTITY: frozenset({Role.OWNER, Role.FINANCE, Role.SALES, Role.PLANNER, Role.AUDITOR}),
    FieldGroup.PERSONAL: frozenset({Role.OWNER, Role.ADMIN, Role.AUDITOR}),
    FieldGroup.REMEDY: frozenset(
        {Role.OWNER, Role.FINANCE, Role.BUYER, Role.PLANNER, Role.AUDITOR, Role.PRODUCTION_LEAD, Role.ENGINEER}
    ),
}


@dataclass(frozen=True, slots=True)
class Right:
    """What a role may do, as people call it. ``course``: a training whose exam must be passed before the right becomes
    active."""

    name: str
    words: Sentence
    roles: frozenset[Role]
    course: str = ""


_RIGHTS: dict[str, Right] = {}


def declare(name: str, words: Sentence, roles: Iterable[Role], course: str = "") -> str:
    """Enter a right into the table and return its name. Owners have every right except those of outsiders."""
    if name in _RIGHTS:
        raise ValueError(f"the right {name} is declared twice")
    _RIGHTS[name] = Right(name, words, frozenset(roles) | {Role.OWNER}, course)
    return name


def right(name: str) -> Right:
    """The right of this name. Raises KeyError: asking for one that nobody declared is a fault of ours."""
    return _RIGHTS[name]


def is_right(name: str) -> bool:
    return name in _RIGHTS


def all_rights() -> list[Right]:
    return sorted(_RIGHTS.values(), key=lambda each: each.name)

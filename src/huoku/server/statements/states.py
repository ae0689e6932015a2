"""The course of a statement: made, sent to the partner, agreed to or not."""

from huoku.language import Sentence
from huoku.server.documents.course import Step, declare
from huoku.server.statements.models import CustomerStatement, Statement, SupplierStatement

DRAFT = "draft"
STATES = {
    DRAFT: Sentence("草稿", "a draft"),
    "sent": Sentence("已发出，待对方确认", "sent, to be agreed to"),
    "disputed": Sentence("对方有异议", "disputed"),
    "agreed": Sentence("双方已确认", "agreed"),
}


def _declare(model: type[Statement], side: str) -> None:
    declare(
        model,
        STATES,
        ("agreed",),
        Step(f"statements.remake_{side}", Sentence("重新生成", "make anew"), of=(DRAFT, "disputed"), to=(DRAFT,)),
        Step(f"statements.send_{side}", Sentence("发给对方", "send"), of=(DRAFT,), to=("sent",), is_main=True),
        Step(
            f"statements.agree_{side}", Sentence("对方确认", "they agree"), of=("sent",), to=("agreed",), is_main=True
        ),
        Step(f"statements.dispute_{side}", Sentence("对方有异议", "they dispute it"), of=("sent",), to=("disputed",)),
    )


_declare(CustomerStatement, "customer_statement")
_declare(SupplierStatement, "supplier_statement")

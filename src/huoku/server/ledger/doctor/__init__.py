"""Whether the records are true: each statement that must always hold is checked, and what does not hold is named.

Nothing is repaired here. The numbers are those of the design: I1 to I19 and I25. I13 (balances can be rebuilt) is what
I2 checks. Of I17: a quantity that an item's steps cannot hold is refused at the door, so none needs a rounding row.
I20 to I24 are statements about plans and contracts.
"""

from collections.abc import Callable

from django.db import models

from huoku.server.ledger.doctor.balances import balances_follow_from_movements
from huoku.server.ledger.doctor.chains import chains_are_whole
from huoku.server.ledger.doctor.commands import commands_are_answered
from huoku.server.ledger.doctor.counts import counts_met_the_book_of_their_time
from huoku.server.ledger.doctor.expiry import first_expired_went_first
from huoku.server.ledger.doctor.finding import Finding
from huoku.server.ledger.doctor.movements import movements_agree_with_each_other
from huoku.server.ledger.doctor.reservations import reservations_are_covered
from huoku.server.ledger.doctor.scope import rows_stay_in_their_company
from huoku.server.ledger.doctor.worth import valuations_can_be_repeated
from huoku.server.platform.audit import freeze
from huoku.server.platform.scope import entered

CHECKS: list[Callable[[int], list[Finding]]] = [
    balances_follow_from_movements,
    reservations_are_covered,
    chains_are_whole,
    commands_are_answered,
    counts_met_the_book_of_their_time,
    movements_agree_with_each_other,
    first_expired_went_first,
    valuations_can_be_repeated,
    rows_stay_in_their_company,
]


def examine(company: int | models.Model) -> list[Finding]:
    """All that is wrong in a company's ledger; an empty list where everything holds. Reads only."""
    company_id = company if isinstance(company, int) else company.pk
    with entered(company_id):
        return [finding for check in CHECKS for finding in check(company_id)]


def freeze_what_is_wrong(company: int | models.Model, findings: list[Finding]) -> list[str]:
    """Let nothing be written into the chains that findings touch, until an administrator has looked. Their names."""
    company_id = company if isinstance(company, int) else company.pk
    streams = sorted({stream for finding in findings for stream in finding.streams}, key=str)
    with entered(company_id):
        freeze(company_id, streams)
    return [str(stream) for stream in streams]


__all__ = ["Finding", "examine", "freeze_what_is_wrong"]

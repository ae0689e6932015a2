"""Who may do which way out: what a way does asks for the rights of that."""

from collections.abc import Mapping, Sequence

from huoku.server.ledger.rights import PRE_EMPT, RESERVE
from huoku.server.platform.actor import Actor
from huoku.server.platform.roles import Role, right
from huoku.server.production.rights import ISSUE, PLAN, RELEASE, SUBSTITUTE
from huoku.server.purchasing.rights import REQUEST
from huoku.server.shortages.models import Way
from huoku.server.shortages.rights import ACT
from huoku.server.warehouse.rights import ASK

Kind = Way.Kind
NEEDS: Mapping[str, tuple[str, ...]] = {
    Kind.STOCK: (RESERVE,),
    Kind.LEFT_AT_WORK: (ISSUE, RESERVE),
    Kind.TRANSFER: (RESERVE, ASK),
    Kind.SUBSTITUTE: (SUBSTITUTE,),
    Kind.NEAR_MATCH: (SUBSTITUTE,),
    Kind.TAKE_OVER: (PRE_EMPT,),
    Kind.WAIT: (RESERVE,),
    Kind.EXPEDITE: (),
    Kind.BUY: (REQUEST,),
    Kind.MAKE: (PLAN, RELEASE),
    Kind.BUILD_PART: (PLAN,),
    Kind.RESEQUENCE: (PLAN,),
}
"""Besides the right to act on shortages."""


def may_do(actor: Actor, kind: str) -> bool:
    return actor.may(ACT) and all(actor.may(each) for each in NEEDS[kind])


def who_may(kind: str) -> Sequence[Role]:
    """The roles that may do it; the owner may do everything."""
    allowed = frozenset.intersection(*(right(each).roles for each in (ACT, *NEEDS[kind])))
    return [role for role in Role if role in allowed and role != Role.OWNER]

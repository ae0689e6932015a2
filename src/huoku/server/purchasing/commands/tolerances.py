"""How much more or less than ordered may come: by default, and of one line."""

from pydantic import Field

from huoku.server.documents.course import go, must_be_open_to
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import in_columns, whole
from huoku.server.platform.kept import add, change, must_be_new, opened
from huoku.server.platform.requests import Asked, Opened
from huoku.server.purchasing.commands.lines import Share, order_of
from huoku.server.purchasing.models import PurchaseDefaults, PurchaseLine
from huoku.server.purchasing.rights import ORDER, SET_DEFAULTS
from huoku.server.purchasing.standing import come
from huoku.server.purchasing.supplies import restate


class DefaultsFields(Asked):
    over_tolerance: Share = Field(default="0", validate_default=True)
    under_tolerance: Share = Field(default="0", validate_default=True)
    inspects: bool = False


class AddPurchaseDefaults(DefaultsFields):
    pass


class ChangePurchaseDefaults(DefaultsFields, Opened):
    pass


@command(right=SET_DEFAULTS)
def add_defaults(at: At, request: AddPurchaseDefaults) -> dict[str, object]:
    """What holds for new lines that say nothing else, once for the company. Raises Taken."""
    must_be_new(at, PurchaseDefaults, "id", at.actor.company.code)
    return add(at, PurchaseDefaults(**in_columns(request, PurchaseDefaults)))


@command(right=SET_DEFAULTS)
def change_defaults(at: At, request: ChangePurchaseDefaults) -> dict[str, object]:
    """Lines that are there keep what they have. Raises NotFound, Stale."""
    row = opened(at, PurchaseDefaults, request.id, request.version)
    return change(at, row, in_columns(request, PurchaseDefaults, skip=("id", "version")))


class SetLineTolerance(Opened):
    over_tolerance: Share | None = None
    under_tolerance: Share | None = None


@command(right=ORDER)
def set_tolerance(at: At, request: SetLineTolerance) -> dict[str, object]:
    """Another tolerance for a line that is on its way: more is taken, or less is enough. Raises NotFound, Stale,
    NotFromHere."""
    order = order_of(at, request.id)
    must_be_open_to(order, "purchasing.set_tolerance")
    line = opened(at, PurchaseLine, request.id, request.version)
    shares = request.model_dump(include={"over_tolerance", "under_tolerance"}, exclude_none=True)
    come(at, line, **{f"{name}_millionths": whole(share, 6, name) for name, share in shares.items()})
    told = go(at, order, "purchasing.set_tolerance")
    restate(at, order, [line])
    return {"id": line.pk, "version": line.version, "order": told}

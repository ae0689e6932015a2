"""Adding and changing an item."""

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from huoku.server.items.models import Item
from huoku.server.items.rights import EDIT
from huoku.server.platform.command import At, command
from huoku.server.platform.commands.companies import CodeTaken


class AddItem(BaseModel):
    code: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
    name: str = ""
    name_en: str = ""
    kind: Item.Kind = Item.Kind.BUY
    unit: str = "pcs"
    decimals: Annotated[int, Field(ge=0, le=6)] = 0
    tracking: Item.Tracking = Item.Tracking.NONE
    shelf_life_days: Annotated[int, Field(ge=1)] | None = None


@command(right=EDIT)
def add_item(at: At, request: AddItem) -> dict[str, object]:
    """A new item. Raises CodeTaken."""
    if Item.objects.of(at.company_id).filter(code=request.code).exists():
        raise CodeTaken(field="code", value=request.code)
    item = Item.objects.create(company_id=at.company_id, **request.model_dump())
    at.changed(item, {}, request.model_dump())
    at.tell("item_added", item)
    return {"id": item.pk, "code": item.code}

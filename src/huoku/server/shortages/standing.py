"""An order and an item that it may lack, as they are now."""

from dataclasses import dataclass

from huoku.server.items.models import Item, Substitute
from huoku.server.ledger.queries.coverage import Picture
from huoku.server.platform.command import At
from huoku.server.platform.kept import opened
from huoku.server.production.components import Components
from huoku.server.production.models import WorkComponent, WorkOrder
from huoku.server.production.states import BEFORE_THE_END
from huoku.server.shortages.impact import hits_of
from huoku.server.shortages.lacking import Lack, component_of, lack_of, look_around
from huoku.server.shortages.models import Hit, ShortageCase
from huoku.server.shortages.ways.look import Look


@dataclass(slots=True)
class Standing:
    """``component`` is None, and nobody is hit, where the order takes no more of the item."""

    order: WorkOrder
    components: Components
    picture: Picture
    lack: Lack
    component: WorkComponent | None
    hits: list[Hit]

    def look(self, at: At, case: ShortageCase) -> Look | None:
        """What the finders of ways out of the case see."""
        if self.component is None:
            return None
        return Look(at, case, self.order, self.component, self.picture, self.lack, self.hits)


def stand(at: At, order: WorkOrder, item: Item) -> Standing:
    """Look at the order, its stock and supply, once for all that is asked of them. The order is locked."""
    components = Components(at, order)
    substitutes = Substitute.objects.of(at.company_id).filter(item=item)
    picture = look_around(at, [item.pk, *substitutes.values_list("substitute_id", flat=True)])
    open_steps = components.open_of(item.pk) if order.state in BEFORE_THE_END else 0
    lack = lack_of(picture, order, item.pk, open_steps)
    component = component_of(components, item.pk) if open_steps else None
    return Standing(order, components, picture, lack, component, hits_of(at, order) if component else [])


def standing_of(at: At, case: ShortageCase) -> Standing:
    """The case is locked; its order is from now on."""
    return stand(at, opened(at, WorkOrder, case.order_id, None), case.item)

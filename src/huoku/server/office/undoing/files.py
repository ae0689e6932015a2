"""Files that were taken away."""

from collections.abc import Iterable

from huoku.server.items.models import Item
from huoku.server.office.undoing.counter import Asked, Counter
from huoku.server.office.undoing.doing import Doing
from huoku.server.platform.command import COMMANDS


def attached(command: str) -> Counter:
    """The file that was taken away is put back: its bytes are kept for some days."""

    def counter(doing: Doing) -> Iterable[tuple[str, Asked]]:
        for each in doing.changes():
            asked = {name: each.old[name] for name in COMMANDS[command].request.model_fields if name in each.old}
            if command == "items.add_item_file":
                asked["item"] = Item.objects.of(doing.actor.company).get(pk=each.old["item_id"]).code
            yield command, asked

    return counter

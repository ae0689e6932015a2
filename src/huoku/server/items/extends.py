"""What the item master gives to the platform."""

from collections.abc import Iterable

from huoku.server.items.models import ItemFile
from huoku.server.platform.files import keeps


@keeps
def files_of_items(company_id: int) -> Iterable[str]:
    """Photos, drawings and papers."""
    return ItemFile.objects.of(company_id).values_list("sha256", flat=True)

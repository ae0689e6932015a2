"""What the desk keeps of its own."""

from huoku.server.office.models.postponed import Postponed
from huoku.server.office.models.views import SavedView

__all__ = ["Postponed", "SavedView"]

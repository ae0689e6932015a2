"""What may be done to the item master."""

from huoku.language import Sentence
from huoku.server.platform.roles import INSIDE, Role, declare

READ = declare("items.read", Sentence("看物料", "read items"), INSIDE)
EDIT = declare(
    "items.edit",
    Sentence("改物料、清单、工艺", "change items, bills and routings"),
    {Role.ENGINEER, Role.PLANNER, Role.ADMIN},
)

"""Looking again how a shortage stands."""

from huoku.server.platform.command import At, command
from huoku.server.platform.kept import opened
from huoku.server.platform.requests import Opened
from huoku.server.shortages.following import review
from huoku.server.shortages.models import ShortageCase
from huoku.server.shortages.rights import ACT


@command(right=ACT)
def review_case(at: At, request: Opened) -> dict[str, object]:
    """Who is hit, which ways there are, whether the line can go on. It is done by itself when something changes.

    Raises NotFound, Stale, NotFromHere.
    """
    return review(at, opened(at, ShortageCase, request.id, request.version))

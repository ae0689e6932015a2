"""Requests whose line is gone are to be bought again."""

from collections.abc import Iterable

from huoku.server.platform.command import At
from huoku.server.platform.requests import Opened
from huoku.server.purchasing.commands.requests import reopen_request
from huoku.server.purchasing.models import PurchaseLine


def release_requests(at: At, lines: Iterable[PurchaseLine]) -> None:
    """Open the requests that ``lines`` came from once more."""
    for request in sorted({line.request_id for line in lines if line.request_id}):
        reopen_request(at, Opened(id=request))

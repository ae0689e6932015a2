"""What the interface itself records."""

from huoku.server.api.commands.bulk import BeginBulk, begin_bulk

__all__ = ["BeginBulk", "begin_bulk"]

"""Ids that sort by the time at which they were made (RFC 9562, version 7): new rows stand together in the index."""

import os
from datetime import datetime
from uuid import UUID


def time_ordered(now: datetime) -> UUID:
    """A new id: 48 bits of milliseconds, the rest random."""
    milliseconds = int(now.timestamp() * 1000)
    value = milliseconds << 80 | int.from_bytes(os.urandom(10), "big")
    return UUID(int=value & ~(0xF << 76) & ~(0x3 << 62) | 0x7 << 76 | 0x2 << 62)


def first_at(moment: datetime) -> UUID:
    """No id that was made at the moment, or later, is smaller."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)

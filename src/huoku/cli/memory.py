"""How often a command looks for objects that only hold each other."""

import atexit
import gc

NEW_OBJECTS = 50_000
"""So many new objects let Python look for such rings; by itself it looks after each 700."""


def prepare_memory() -> None:
    """Look rarely: of what a command loads nearly everything stays to its end, and is looked through again each time.

    At the end Python would look at all of it once more, though the system takes the memory back anyway. Together that
    is a fifth of the seconds of a command on a thousand items.
    """
    gc.set_threshold(NEW_OBJECTS)
    atexit.register(gc.freeze)

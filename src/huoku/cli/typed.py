"""What people type to run this command, so that what they are told to try next can be copied."""

import os


def command() -> str:
    """``huoku``, or as ``run.py`` was called where that called this."""
    return os.environ.get("HUOKU_TYPED", "huoku")

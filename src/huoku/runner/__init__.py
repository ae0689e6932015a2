"""Where a plan is worked out. Today: here, in this process. The caller need not know."""

from huoku.runner.inline import run

__all__ = ["run"]

"""What goes wrong while several factories are planned: the message must say with which of them."""

from huoku.errors import HuokuError


class PlanningFault(HuokuError):
    """Planning a factory failed; the cause is attached. ``factory`` is its name."""

    def __init__(self, factory: str, error: BaseException):
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        super().__init__(f"planning {factory} failed: {reason} / 计划“{factory}”时出错")
        self.factory = factory

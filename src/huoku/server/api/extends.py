"""What the interface gives to the worker."""

from huoku.server.api.later import do_call

__all__ = ["do_call"]

"""Filling an empty company from a factory, part by part, by the same commands as people use."""

from huoku.server.planning.bringing.factory import NotEmpty, bring_in

__all__ = ["NotEmpty", "bring_in"]

"""The pages are called as often as a test likes."""

from tests.server.api.conftest import nobody_is_too_quick

__all__ = ["nobody_is_too_quick"]

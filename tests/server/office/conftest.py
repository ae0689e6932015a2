"""The pages are called as often as a test likes, in the world of the interface's tests."""

from tests.server.api.conftest import company, nobody_is_too_quick, standing_world, world

__all__ = ["company", "nobody_is_too_quick", "standing_world", "world"]

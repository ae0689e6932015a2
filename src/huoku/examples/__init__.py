"""Example factories made by code: a synthetic shop of any size, and a small demo factory that tells a story."""

from huoku.examples.demo import demo, write_demo
from huoku.examples.shop import make_shop, write_shop

__all__ = ["demo", "make_shop", "write_demo", "write_shop"]

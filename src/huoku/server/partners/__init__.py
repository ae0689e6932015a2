"""Whom the factory buys from and sells to, and on which terms."""

"""A plan worked out again after a change: only what the change touches, and what was told stays where it can."""

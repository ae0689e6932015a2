"""Undoing what was just done, by counter-entries: for each command its counter, or why there is none."""

"""SQLite as a system of record: one writer at a time, in the order of asking, and nothing acknowledged is lost."""

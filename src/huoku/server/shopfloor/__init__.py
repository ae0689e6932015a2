"""Pages of those who make things: kits, the walk through the store, reports, the board, the sequence of work."""

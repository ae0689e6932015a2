"""Pages of the account beyond one's own: people, keys for programs, recovery codes."""

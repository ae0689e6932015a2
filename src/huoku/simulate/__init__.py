"""History replayed: what a factory's past would have cost under other rules of buying."""

"""Every write of statements."""

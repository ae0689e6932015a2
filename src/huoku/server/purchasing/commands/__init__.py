"""Every write of buying."""

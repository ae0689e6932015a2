"""Every write of the warehouse."""

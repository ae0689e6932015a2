"""Every write of sales."""

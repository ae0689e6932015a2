"""Every write of production."""

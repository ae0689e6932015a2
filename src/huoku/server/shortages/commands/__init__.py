"""Every write of shortages."""

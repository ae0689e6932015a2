"""Every write to the platform's tables."""

"""Every write to the item master."""

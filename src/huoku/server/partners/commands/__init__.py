"""Every write to suppliers, their terms, and customers."""

"""What the pages of a supplier and of a customer tell first: how they stand, and what is mostly done next."""

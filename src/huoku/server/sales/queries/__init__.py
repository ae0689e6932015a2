"""What sales asks of stock and supply."""

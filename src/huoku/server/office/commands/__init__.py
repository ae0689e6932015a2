"""What is written from a list."""

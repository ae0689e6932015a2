"""What may be done to any document."""

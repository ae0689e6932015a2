"""What many ask of production."""

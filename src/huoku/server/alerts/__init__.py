"""What management is told without asking: what the nightly examination of the books found."""

"""The records as a factory: one file for each part of the factory folder."""

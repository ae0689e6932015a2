"""The decision in tables, words and money."""

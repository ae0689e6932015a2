"""Statements of account: with each customer and supplier, what a month came to, line by line."""

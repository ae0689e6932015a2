"""Screens of those who plan, buy and sell: each answers one question, and does the next thing."""

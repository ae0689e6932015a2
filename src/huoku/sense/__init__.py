"""Demand and risk: what the past says about the future use of an item. Knows no plan."""

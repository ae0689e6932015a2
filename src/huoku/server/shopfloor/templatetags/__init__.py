"""Figures as these pages show them."""

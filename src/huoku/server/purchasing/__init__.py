"""Buying: what is asked for, ordered, promised by suppliers, received, inspected and sent back."""

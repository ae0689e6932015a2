"""Buying under minimum order quantities: from whom, how much, when, and what a leftover costs.

This room decides for one item at a time, on arrays that it is given. It knows no plan and no factory.
"""

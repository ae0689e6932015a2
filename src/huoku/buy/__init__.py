"""Buying under minimum order quantities: from whom, how much, when, what a leftover costs, and with whom.

On arrays that it is given, one item or one joint purchase at a time. This room knows no plan and no factory.
"""

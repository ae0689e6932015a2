"""Figures by which a factory is run, one in each file, with the formula that is published. Tables in, figures out."""

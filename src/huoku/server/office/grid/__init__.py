"""A table of the desk as a grid: its columns, its rows, what is pasted into it, how it was laid out."""

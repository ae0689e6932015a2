"""The warehouse: stock that is carried from place to place on a paper of its own."""

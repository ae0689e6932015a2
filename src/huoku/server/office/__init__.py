"""The pages of the desk: lists, papers, and a button for whatever may be done with one."""

"""The factory as the planning kernels read it: names and dates become numbers. Only ``build`` makes it."""

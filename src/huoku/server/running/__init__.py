"""Keeping a server: founding it, serving, backing up and restoring, upgrading, moving to another database."""

"""Signing in, and what people look after themselves: password, second factor, passkeys, sessions, invitations."""

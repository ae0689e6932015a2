"""Signing in by another system (OpenID Connect): django-allauth's provider, with the checks that it leaves out."""

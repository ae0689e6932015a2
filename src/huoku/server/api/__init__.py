"""The versioned interface for programs: routes, descriptions and answers, all from the declared tables.

Thin over the same commands and the same showing of rows as every other door. Conventions: ``docs/guide/api.md``.
"""

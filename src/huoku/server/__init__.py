"""The factory's system of record: companies, people, items, an append-only ledger, on SQLite or PostgreSQL.

Every write is one command with an actor, a key and an audit row; screens, interfaces, importers and jobs all go
through the same commands. The pure library beside this room knows nothing of it.
"""

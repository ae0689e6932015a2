"""The platform's own tables, which lie below the interface and cannot name it: declared here, for it and the pages."""

from huoku.server.api.tables import company, people, record, rules

__all__ = ["company", "people", "record", "rules"]

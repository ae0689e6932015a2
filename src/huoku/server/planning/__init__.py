"""The bridge: from the records to a factory that is planned, from the plan to proposals, from those to documents."""

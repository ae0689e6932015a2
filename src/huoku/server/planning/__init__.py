"""The bridge: from the records to a factory that can be planned, from the plan to proposals, from those to documents."""

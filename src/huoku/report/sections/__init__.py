"""The parts of the report, one question each."""

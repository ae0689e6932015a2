"""What every document has: a number, a course of states, comments, attachments, and tasks that it leaves to people."""

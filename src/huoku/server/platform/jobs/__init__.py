"""What is done by itself: the worker, its schedules, and telling events to those who listen."""

"""What must be known leaves the system: tasks are told by mail and by the robots of chat groups."""

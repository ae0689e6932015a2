"""What changes who is told, and what writes down what was not delivered."""

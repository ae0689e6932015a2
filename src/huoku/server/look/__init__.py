"""How pages look: one set of tokens, marks and parts for every room that has pages. Knows no table and no command."""

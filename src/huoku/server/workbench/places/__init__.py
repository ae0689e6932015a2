"""Where stock lies, as a tree: sites, the zones that the codes of places tell of, and the places themselves."""

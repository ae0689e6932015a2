"""The true record of stock: where everything lies, whence it came, for whom it is kept. Knows no document."""

"""The true record of stock: where everything lies, came from and went to, and for whom it is kept. Knows no document."""

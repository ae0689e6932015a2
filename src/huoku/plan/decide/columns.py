"""The columns of the tables of orders that the kernels write."""

# Columns of ``Netted.orders``.
NODE, START, DUE, QTY, SOURCE, NEEDED, NEED_FROM, NEED_TO, OVER, OTHER_KIND, OTHER_SOURCE, OTHER_QTY = range(12)
# Columns of ``Netted.money``.
COST, OTHER_COST, FIRST_COST = range(3)

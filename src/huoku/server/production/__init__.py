"""Making: work orders from planning to closing, their materials, their operations, and what is reported of them."""

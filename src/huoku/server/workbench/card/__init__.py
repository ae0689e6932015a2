"""The card of one item, a part of it in each file (物料一页)."""

"""What the factory buys, makes, keeps and sells: items, their bills of material, routings and substitutes."""

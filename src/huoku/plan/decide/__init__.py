"""The two passes: promises first, then netting, lots and sources. Arrays in, arrays out."""

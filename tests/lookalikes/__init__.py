"""Which accounts could be taken for ours, and which only live next door."""

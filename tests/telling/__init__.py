"""Letters: what is told, how it looks, how it is sent, and what its buttons do."""

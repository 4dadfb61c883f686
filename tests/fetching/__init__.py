"""Fetching, tested with real sockets on loopback and a resolver that is a table."""

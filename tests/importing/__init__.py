"""A register's file, whatever made it."""

"""A register's file, whatever made it, to a plan of changes: `preparing`.

Nothing is loaded here, for a reader that is a process of its own (`confined`) needs little.
"""

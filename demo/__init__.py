"""An invented city and its little web."""

"""Channels that wait for a decision: found or reported, decided, and taken back."""

"""Histories of a made city, against the truth of every look.

plaza.py (the platform) · city.py (a life: register, clock, store) · living.py (what happens) · promises.py (what holds)
· playing.py (the nights)
"""

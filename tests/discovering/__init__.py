"""What an official page names, and whose it seems to be."""

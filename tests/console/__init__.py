"""The pages behind the buttons: what they do, who is turned away, and how they look."""

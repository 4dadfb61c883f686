"""Letters made and handed over.

composing  the one place where a message's headers are built
smtp       to a mail server: TLS or not at all, at most once
apprise    to whatever else a city reads
"""

"""Letters made and handed over.

writing    a sheet into a finished message, or a short note
composing  the one place where a message's headers are built
smtp       to a mail server: TLS or not at all, at most once
channels   to whatever else a city reads, through Apprise
"""

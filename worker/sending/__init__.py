"""Letters made and handed over.

writing     a sheet into a finished message, or a short note
composing   the one place where a message's headers are built
connecting  a conversation with a mail server: TLS or not at all, and bounded
smtp        letters to a mail server, each at most once
channels    to whatever else a city reads, through Apprise
"""

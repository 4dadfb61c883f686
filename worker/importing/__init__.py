"""A register's file, whatever made it, to a plan of changes.

    preparing ─▶ sniffing       what the file is
              ─▶ decoding       bytes to text, then tables: CSV to sheets of cells
              ─▶ confined       what may be larger inside than outside, read by a process of its own:
                                spreadsheets (opendocument, hyperlinks, links) and structures (YAML, JSON)
              ─▶ reading        sheets to accounts and mailboxes, by a mapping of columns that a person may state

Nothing is loaded here, for a reader that is a process of its own needs little.
"""

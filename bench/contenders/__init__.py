"""The programs that are compared, each a process of its own under one contract.

    python -m bench.contenders.NAME URLS_FILE OUT_JSONL

Asks for every address of the file (one a line; all hosts at once, so many hosts so many connections) and writes one
JSON object a page: `url` and what was taken from it. Peers are written as their own documentation shows.
"""

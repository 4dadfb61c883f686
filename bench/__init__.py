"""What Kanalkoll costs, measured beside the floor and its peers. `python -m bench` runs what `make bench` runs.

rounds       fetch and read, contender after contender     parsing     reading a profile page
night        how long a night lasts                        reporting   what a report costs
writes       databases and memory, beside bare_drivers

children     contenders as processes                       contenders/ the programs that are compared
weighing     a process that tells its memory               serving     the little web that is asked
pages        the pages that stand there
"""

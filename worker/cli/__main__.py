"""`python -m worker.cli` is `kanalkoll`."""

from worker.cli import main

main()

"""The public list: read as it is published, written as the register has it, and held against each other."""

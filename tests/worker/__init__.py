"""The edge, held against real databases, queues and folders."""

"""Alembic's scripts: `env` hands the open connection on, `versions` holds one file for each revision."""

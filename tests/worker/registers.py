"""A small register as CSV: an account with its address, and one that has neither owner nor address."""

from __future__ import annotations

REGISTER = "Förvaltning;Namn;Adress\nKF;Almestads museum;https://www.instagram.com/almestadsmuseum/\n;Biblioteket;\n"

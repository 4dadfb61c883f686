"""The edge: network, storage, clock, mail and queue around what `audits` decides."""

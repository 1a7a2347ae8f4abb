"""Snapshots and files for others, one module a format."""

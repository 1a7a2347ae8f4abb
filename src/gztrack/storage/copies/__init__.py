"""Copies of a database: backups, putting them back, and joining two into one."""

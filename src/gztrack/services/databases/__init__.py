"""Whole databases: opened, made from a seed, backed up, restored and looked over."""

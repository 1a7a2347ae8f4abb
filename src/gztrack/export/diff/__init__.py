"""What is new between two snapshots: readings, corrections, targets, statuses and verdicts, and nothing else.

A diff is a function of what two snapshots hold, and of nothing else: `gztrack.export.diff.section.section`.
"""

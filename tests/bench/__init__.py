"""Measurements: ratios to a named peer, taken in one run. ``make bench`` writes README.md here."""

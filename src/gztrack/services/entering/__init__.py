"""From what a person typed to checked records: readings, goals, indicators, settings, and taking them back."""

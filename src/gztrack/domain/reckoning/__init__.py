"""What `progress` and `verdicts` are made of: methods, bounds, coverage and the sums between them."""

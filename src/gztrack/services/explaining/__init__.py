"""What ``gztrack why`` is made of: the sums behind a row with their numbers, one module for each kind."""

"""What gztrack knows, without I/O and without a clock."""

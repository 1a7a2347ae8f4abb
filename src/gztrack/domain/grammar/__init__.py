"""What `amounts` and `periods` are made of: how figures and periods are read, printed and shortened."""

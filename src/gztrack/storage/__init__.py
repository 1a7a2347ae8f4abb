"""Where facts are kept: an append-only journal with TinyDB over it."""

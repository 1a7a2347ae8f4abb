"""Looking a database over: what damage is there, what can be proven all the same, what can be put right."""

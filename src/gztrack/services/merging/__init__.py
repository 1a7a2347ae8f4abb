"""Two databases become one: what comes in unchanged, and what contradicts each other afterwards."""

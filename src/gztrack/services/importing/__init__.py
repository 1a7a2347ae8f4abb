"""A CSV on its way in: read, judged row by row, matched with what is there, written as one action."""

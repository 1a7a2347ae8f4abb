"""A snapshot as one HTML page that needs nothing else: no script, no font, no picture, no address that is loaded."""

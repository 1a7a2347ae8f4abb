"""A snapshot as a PNG picture: the page of the SVG, set in fonts that are chosen and named."""

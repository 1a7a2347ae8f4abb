"""Parts of a screen: they get rows ready to show and answer with messages."""

"""The board: a full-screen face in the terminal, the only package that knows Textual."""

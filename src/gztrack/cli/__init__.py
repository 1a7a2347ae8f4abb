"""The command line: argparse, one module a family of commands."""

"""What stands between an SSH key and the commands: see `gztrack.cli.gate`."""

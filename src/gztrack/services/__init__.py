"""One service for every face: board, command line and exports."""

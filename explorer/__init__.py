"""Showing the graph: pages, pictures and the command line."""

"""Choosing recommendations, and the views of what is chosen."""

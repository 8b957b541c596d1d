"""Documents become reviewed facts."""

"""Taking a selection away: what goes along, what it is stamped with, and the open formats."""

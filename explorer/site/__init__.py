"""The public data as plain pages that need no server and no program: one for each entity."""

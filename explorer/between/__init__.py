"""What lies between two actors: texts, data, safeguards, ways, members, and what each says."""

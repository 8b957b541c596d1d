"""Who may enter the explorer: users and their passwords, log-in, and the door that asks for it."""

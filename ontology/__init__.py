"""What can be said: the ontology, its concept schemes and its shapes."""

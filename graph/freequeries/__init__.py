"""Free SPARQL: a gate refuses by name, a confined process of its own answers."""

"""RDF from outside: read strictly from bytes alone, checked, and taken in as one batch."""

"""What the page of one entity is made of: choosing it, its parts, taking it along."""

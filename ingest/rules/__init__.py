"""Rules by which asks and statements of status are found: few, general, each explained."""

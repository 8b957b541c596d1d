"""Tables: spreadsheets and foreign lists become facts, one batch a file."""

"""What the pages say in English, French, Spanish and Arabic."""

"""Reading, tested with small pages made by hand."""

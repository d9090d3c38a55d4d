"""What a document is: its number, title and type; what it does not say; sites whose documents should agree."""

"""Word files: docx, docm, dotx, dotm. lxml is imported here and nowhere else, and no XML leaves this folder."""

"""The documents of a case: which files are taken, the page where they are put in, and how they are handed out."""

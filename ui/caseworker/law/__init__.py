"""The law behind a case type, as its file cites it: a page of its own, and links to it from cases."""

"""One file a row; each has ROW, and PLACE, its place in the table."""

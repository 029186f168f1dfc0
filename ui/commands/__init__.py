"""The commands of `stafet`, one file each: thin, calling the folders; heavy imports stay inside the functions."""

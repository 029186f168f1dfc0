"""People, not stamps: a person's own view before the machine's, both side by side, and what people say of it."""

"""What a person sets for themselves, and the keys that they can use."""

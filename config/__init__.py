"""What a municipality edits, and the code that reads it: case types, rules, letters, settings, conditions."""

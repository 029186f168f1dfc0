"""Watching the promise live, on blind reviews: when shadow ends, when drafting stops, how many are reviewed."""

"""Complexity: event log -> effort label -> features -> model -> score, with guarantee and novelty."""

"""What a caseworker sees: the queue, the case, the decision."""

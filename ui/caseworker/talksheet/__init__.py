"""What a caseworker has in hand when a decision is talked over with the citizen."""

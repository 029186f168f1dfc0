"""What each person sees of their own decisions, and nobody else does."""

"""What anybody at work here may look into: case types and their model cards."""

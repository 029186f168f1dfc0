"""What people do to a case on the way to its decision: one form each, on the case's page or on one of its own."""

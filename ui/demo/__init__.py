"""The sample municipality: invented people and cases, and the workspace that the product makes of them."""

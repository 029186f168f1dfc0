"""A colleague who reads along: asked by name, told in their own queue, and answering with agreement and words."""

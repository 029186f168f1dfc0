"""Words: contributions -> reasons, sentences for gates, model card."""

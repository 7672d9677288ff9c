"""How the documents of a bloc are written out: text in, HTML for the printer out. No models."""

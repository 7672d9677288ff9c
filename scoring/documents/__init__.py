"""How results are written out: plain values in, HTML for the printer out. No models."""

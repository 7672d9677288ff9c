"""The promised figures, measured in one run: `python -m benchmarks`. Each module measures one thing and returns its figures."""

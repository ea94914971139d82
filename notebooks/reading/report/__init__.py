"""A page of results: `python -m reading.report RUN…` writes it, self-contained, with its figures beside it."""

"""The work log: `python -m reading.log RUN…` writes an entry whose numbers all come from results."""

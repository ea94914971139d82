"""Results that people read: what `results/` holds as frames, sentences and figures."""

"""One file a figure. Each is a function of frames that returns a figure, and raises `NothingToShow` without rows."""

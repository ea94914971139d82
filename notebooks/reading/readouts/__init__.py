"""The tables that `fibq` prints in a terminal, made of a folder's frames: the same titles, columns and roundings."""

"""One file a peer: its task, how tasks are enqueued, and, where it brings no program for that, how a worker runs.

Each runs inside the peer's own virtual environment and never inside the runner, so it may import the peer.
"""

"""Measures queues that a user could pick instead of fibq: the same work on the same Redis, in the same run as fibq."""

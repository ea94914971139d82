"""Processes that the runner starts, each with its own session, and their end: by id, children included."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import psutil

_PATIENCE_S = 3


class Failure(Exception):
    """Why a measure has no value, in one line."""


class Child:
    """A process with whatever it starts; its output goes to `log`. Linux ends it when the runner is killed."""

    def __init__(
        self,
        command: Sequence[str | os.PathLike[str]],
        log: Path,
        environment: Mapping[str, str] | None = None,
        pipes: bool = False,
    ) -> None:
        self.log = log
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", "--", *command],
                env={**os.environ, **(environment or {})},
                stdin=subprocess.PIPE if pipes else subprocess.DEVNULL,
                stdout=subprocess.PIPE if pipes else output,
                stderr=output,
                cwd=log.parent,
                start_new_session=True,
                text=True,
            )

    def tree(self) -> list[psutil.Process]:
        """The process and all its descendants that are there."""
        try:
            process = psutil.Process(self.process.pid)
            return [process, *process.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def cpu_s(self) -> float:
        """CPU time in user and system mode of the tree, of children that have ended too; exact to 10 ms a process."""
        total = 0.0
        for process in self.tree():
            try:
                times = process.cpu_times()
            except psutil.NoSuchProcess:
                continue
            total += times.user + times.system + times.children_user + times.children_system
        return total

    def check(self) -> None:
        """Raises Failure when the process has ended."""
        if (code := self.process.poll()) is not None:
            raise Failure(f"{self.process.args[4]} ended with {code}: {last_line(self.log)}")

    def kill(self) -> None:
        """Ends the whole tree at once with SIGKILL; no process of it can do anything more."""
        self._signal(self.tree(), signal.SIGKILL)
        self.process.wait()
        self._close()

    def end(self) -> None:
        """Ends the tree: SIGTERM to the process, SIGKILL to what is left of the tree after three seconds."""
        tree = self.tree()
        self._signal(tree[:1], signal.SIGTERM)
        _, left = psutil.wait_procs(tree, timeout=_PATIENCE_S)
        self._signal(left, signal.SIGKILL)
        self.process.wait()
        self._close()

    def _signal(self, processes: Sequence[psutil.Process], number: signal.Signals) -> None:
        for process in processes:
            try:
                process.send_signal(number)
            except psutil.NoSuchProcess:
                pass

    def _close(self) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()


def last_line(log: Path) -> str:
    """The last line of a log that says something, or a word on its absence."""
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines()]
    return next((line[:200] for line in reversed(lines) if line), "it said nothing")

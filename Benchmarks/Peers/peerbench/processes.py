"""Processes that the runner starts, each with its own session, and their end: by id, children included."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil

_PATIENCE_S = 3


INTERRUPTS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Puts interrupts off until the block has ended what it ends. Nothing may be started in it: that would inherit this."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, INTERRUPTS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


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
        self.log, self.program = log, command[0]
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

    def exit_code(self) -> int | None:
        """The exit code once the process has ended, negative for a signal. Leaves its id to it until `end` or `kill`."""
        status = os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        if status is None:
            return None
        return status.si_status if status.si_code == os.CLD_EXITED else -status.si_status

    def check(self) -> None:
        """Raises Failure when the process has ended."""
        if (code := self.exit_code()) is not None:
            raise Failure(f"{Path(self.program).name} ended with {code}: {last_line(self.log)}")

    def kill(self) -> None:
        """Ends the whole tree at once with SIGKILL; no process of it can do anything more."""
        self._kill_all(self.tree())

    def end(self) -> None:
        """Ends the tree: SIGTERM to the process, SIGKILL to what is left after three seconds."""
        with uninterrupted():
            self._end()

    def _end(self) -> None:
        tree = self.tree()
        if tree:
            self._signal(tree[:1], signal.SIGTERM)
            deadline = time.monotonic() + _PATIENCE_S
            while any(map(_runs, tree)) and time.monotonic() < deadline:
                time.sleep(0.02)
        self._kill_all(tree)

    def _kill_all(self, tree: Sequence[psutil.Process]) -> None:
        """Kills a tree, and its process group for those that were started meanwhile; then lets go of the process' id."""
        self._signal(tree, signal.SIGKILL)
        if self.process.returncode is None:
            os.killpg(self.process.pid, signal.SIGKILL)
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


def _runs(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def last_line(log: Path) -> str:
    """The last line of a log that says something, or a word on its absence."""
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines()]
    return next((line[:200] for line in reversed(lines) if line), "it said nothing")

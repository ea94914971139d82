"""Where results come from: the settings, the machine, the versions, and the commands that make them anew."""

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reading.folders import ResultFolder
from reading.readouts.cells import count, number
from reading.report.chapter import Provenance
from reading.repository import ROOT

_ELSEWHERE = "see the manifest of each run"
"""What a sweep's manifest says of what each of its runs may have otherwise."""

_TOLD_APART = frozenset({"plan", "plan_sha256", "program_sha256", "order", "scenario"})
"""Fields of `workload` that are shown in another place, or to nobody."""


def provenance_of(folder: ResultFolder) -> Provenance:
    """All of it, for the end of a chapter."""
    manifest = folder.manifest
    workload = manifest["workload"]
    return Provenance(
        settings=tuple(_settings(workload)),
        origin=tuple(_origin(folder)),
        commands=tuple(_commands(manifest)),
        plan=workload.get("plan", ""),
    )


def _settings(workload: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in workload.items():
        if name not in _TOLD_APART and value != "":
            yield name.replace("_", " "), str(value) if name == "seed" else _shown(value)
    for name, value in workload.get("scenario", {}).items():
        if value != "":
            yield f"scenario: {name.replace('_', ' ')}", _shown(value)


def _shown(value: Any) -> str:  # noqa: ANN401
    match value:
        case bool():
            return "yes" if value else "no"
        case int():
            return count(value)
        case float():
            return number(value)
        case list():
            return ", ".join(map(_shown, value))
        case _:
            return str(value)


def _origin(folder: ResultFolder) -> Iterator[tuple[str, str]]:
    manifest = folder.manifest
    host, redis = manifest["host"], manifest["redis"]
    yield "run", manifest["run_id"]
    yield "started", _instant(manifest["started_at"])
    yield "ended", _instant(manifest["ended_at"]) if "ended_at" in manifest else "not yet"
    yield "commit", manifest["commit"] + (", with changes that are in no commit" if manifest["dirty"] else "")
    yield "machine", f"{host['cores']} processors ({host['cpu_model']}), {_memory(host['memory_bytes'])}"
    yield "kernel", host["kernel"]
    yield "limits", _limits(host["cgroup"])
    if manifest.get("instance"):
        yield "instance", manifest["instance"]
    if redis["version"] not in ("none", _ELSEWHERE):
        settings = ", ".join(f"{name} {value or 'off'}" for name, value in redis.items() if name != "version")
        yield "Redis", f"{redis['version']} over {manifest['transport']}: {settings}"
    yield "versions", ", ".join(f"{name} {version}" for name, version in manifest["versions"].items())
    yield "seed", str(manifest["seed"])
    yield "schema version", str(manifest["schema_version"])
    yield "files", _checked(folder)


def _instant(written: str) -> str:
    return written.replace("T", " ").removesuffix("Z") + " UTC"


def _memory(size: int) -> str:
    return f"{number(size / 2**30)} GiB of memory"


def _limits(cgroup: dict[str, Any]) -> str:
    parts = [f"processors {cgroup['cpuset']}"] if "cpuset" in cgroup else []
    parts += [f"{number(cgroup['cpus'])} processors' worth of time"] if "cpus" in cgroup else []
    parts += [_memory(cgroup["memory_bytes"])] if "memory_bytes" in cgroup else []
    return ", ".join(parts) or "none"


def _checked(folder: ResultFolder) -> str:
    """How many files were held against their checksums: opening a folder does that, and that of each of its runs."""
    own = len(folder.manifest["sha256"])
    runs = [run for run in folder.runs if run is not folder]
    of_runs = sum(len(run.manifest["sha256"]) for run in runs)
    also = f", and {count(of_runs)} in the folders of {count(len(runs))} runs" if runs else ""
    return f"{count(own)}{also}: each has the SHA-256 that its manifest names"


def _commands(manifest: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "get the source as it was", f"git checkout {manifest['commit']}"
    arguments = manifest["command_line"]
    program = [".build/release/fibq", *arguments[1:]]
    yield "build, and run the command again", f"make build && {shlex.join(program)}"
    for target in _targets(arguments):
        yield "or, with everything that belongs to it", f"make {target}"


def _targets(arguments: list[str]) -> list[str]:
    """The targets of the Makefile whose recipe runs that scenario."""
    scenarios = [argument for argument in arguments if argument.startswith("scenarios/")]
    if not scenarios:
        return []
    target, found = "", []
    for line in Path(ROOT / "Makefile").read_text(encoding="utf-8").splitlines():
        if line.startswith("\t"):
            if any(word in scenarios for word in line.split()) and target not in found:
                found.append(target)
        elif ":" in line:
            target = line.split(":", 1)[0]
    return found

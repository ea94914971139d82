"""Whether the files of a folder are those that its manifest tells of."""

import hashlib
import json
from pathlib import Path
from typing import Any

from reading.problems import BadManifest, MissingFile, OtherVersion, TruncatedFile, WrongChecksum
from reading.repository import shown
from reading.tables import require_last_line


def read_manifest(folder: Path, version: int) -> dict[str, Any]:
    """The folder's `manifest.json`; raises `MissingFile`, `TruncatedFile`, `BadManifest` or `OtherVersion`."""
    file = folder / "manifest.json"
    if not file.is_file():
        raise MissingFile(file, "each run, sweep and study has one")
    try:
        manifest = json.loads(file.read_bytes())
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise TruncatedFile(file, "it is not JSON to its end") from error
    if not isinstance(manifest, dict):
        raise BadManifest(file, "it is no JSON object")
    if manifest.get("schema_version") != version:
        raise OtherVersion(file, manifest.get("schema_version", "none"), version)
    checksums = manifest.get("sha256")
    if not isinstance(checksums, dict):
        raise BadManifest(file, "it has no SHA-256 of the files beside it")
    return manifest


def require_files(folder: Path, manifest: dict[str, Any]) -> None:
    """Raises `MissingFile`, `TruncatedFile` or `WrongChecksum` unless each file of the manifest is there as it was."""
    for name, checksum in manifest["sha256"].items():
        file = folder / name
        if not file.is_file():
            raise MissingFile(file, f"{shown(folder / 'manifest.json')} has its SHA-256")
        content = file.read_bytes()
        if hashlib.sha256(content).hexdigest() == checksum:
            continue
        if file.suffix == ".csv":
            require_last_line(file, content.decode("utf-8", errors="replace"))
        raise WrongChecksum(file)

"""An entry of the log as a file: front matter in YAML, and a body in Markdown."""

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Self

import yaml

from reading.log import blanks
from reading.log.problems import BadEntry

_FENCE = "---\n"


@dataclass(frozen=True)
class Source:
    """A folder that an entry is made of: its run's id and commit, and the day on which it was measured."""

    folder: str
    run_id: str
    commit: str
    date: str


@dataclass(frozen=True)
class Entry:
    """Title, date and tags, the results that it is made of, and the text.

    `generated` is the checksum of the text without the author's blanks, as it was when it was made.
    """

    title: str
    date: str
    tags: tuple[str, ...]
    sources: tuple[Source, ...]
    generated: str
    body: str

    @property
    def is_edited(self) -> bool:
        """Whether something outside of the blanks was changed by hand."""
        return blanks.checksum(self.body) != self.generated

    def text(self) -> str:
        """The file's content."""
        front = {
            "title": self.title,
            "date": date.fromisoformat(self.date),
            "tags": list(self.tags),
            "results": [asdict(source) | {"date": date.fromisoformat(source.date)} for source in self.sources],
            "generated_sha256": self.generated,
        }
        return _FENCE + yaml.safe_dump(front, sort_keys=False, allow_unicode=True, width=120) + _FENCE + "\n" + self.body

    @classmethod
    def read(cls, file: Path) -> Self:
        """An entry from its file; raises `BadEntry` if that is none."""
        content = file.read_text(encoding="utf-8")
        try:
            before, front, body = content.split(_FENCE, 2)
            fields = yaml.safe_load(front)
            sources = tuple(Source(**(source | {"date": str(source["date"])})) for source in fields["results"])
            if before or not sources:
                raise ValueError
            return cls(
                title=str(fields["title"]),
                date=str(fields["date"]),
                tags=tuple(fields["tags"]),
                sources=sources,
                generated=fields["generated_sha256"],
                body=body.removeprefix("\n"),
            )
        except (ValueError, KeyError, TypeError, yaml.YAMLError) as error:
            raise BadEntry(file) from error

"""Several indexes made side by side become one: their segments are moved together, nothing is written again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

_META, _MANAGED = "meta.json", ".managed.json"


def join(folder: Path, parts: Sequence[Path]) -> None:
    """Moves the segments of `parts` into `folder`, in that order; the parts go away.

    Segments are named at random and complete in themselves; meta.json tells which of them
    make the index, and .managed.json which files may be deleted once no segment needs them.
    """
    metas = [json.loads((part / _META).read_text()) for part in parts]
    files = [name for part in parts for name in json.loads((part / _MANAGED).read_text())]
    for part in parts:
        for file in part.iterdir():
            if file.suffix and not file.name.startswith((_META, ".")):
                file.rename(folder / file.name)
            else:
                file.unlink()
        part.rmdir()
    segments = [segment for meta in metas for segment in meta["segments"]]
    joined = metas[0] | {"segments": segments, "opstamp": max(meta["opstamp"] for meta in metas)}
    (folder / _MANAGED).write_text(json.dumps(list(dict.fromkeys(files))))
    (folder / _META).write_text(json.dumps(joined))

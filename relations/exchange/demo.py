"""The bundles that come with the software."""

from pathlib import Path

FOLDER = Path(__file__).parent / "bundles"
FIRST = ["reference.jsonl", "demo-shared.jsonl"]


def bundles() -> list[Path]:
    """Reference data first, then what several demo files refer to, then these by name."""
    first = [FOLDER / name for name in FIRST if (FOLDER / name).exists()]
    return [*first, *sorted(path for path in FOLDER.glob("demo-*.jsonl") if path.name not in FIRST)]

"""What is wrong with a line, said so that an editor can put it right."""

import json
from difflib import get_close_matches


class Wrong(ValueError):
    """One or more faults, each with the path of the field it is in."""

    def __init__(self, message, *path):
        self.problems = [(path, message)] if message else []
        super().__init__(message)

    @classmethod
    def together(cls, problems):
        wrong = cls("")
        wrong.problems = problems
        return wrong

    def within(self, *steps):
        """The same faults, seen from one level further out."""
        return Wrong.together([((*steps, *path), message) for path, message in self.problems])


def spelt(path) -> str:
    """Write a path as people read it: ``parties[2].country``."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


def shown(value) -> str:
    """The value as it stands in the line, cut short if it is long, safe for a terminal."""
    text = json.dumps(value, ensure_ascii=False)
    text = "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)
    return text if len(text) <= 80 else f"{text[:77]}…"


def accepted(value, names) -> str:
    """Say what would have been accepted, the likeliest first where the value looks misspelt."""
    names = sorted(map(str, names))
    close = get_close_matches(str(value), names, n=3, cutoff=0.6)
    if close:
        return f"did you mean {' or '.join(map(shown, close))}?"
    return f"accepted: {', '.join(names)}" if len(names) <= 30 else ""


def unknown(what, value, names) -> str:
    hint = accepted(value, names)
    return f"{shown(value)} is no {what}" + (f"; {hint}" if hint else "")


def is_empty(value) -> bool:
    """Whether a key may as well have been left out; false and 0 say something."""
    return not value and (value is None or isinstance(value, str | list | dict))

"""The field guide, written from what `formats` says."""

import json
from pathlib import Path

from django.conf import settings
from django.utils import translation

from .citations import Citations
from .details import Details
from .formats import DEFINITIONS
from .parts import Parts
from .reading import LONGEST_LINE

EXAMPLES = Path(__file__).parent / "examples.jsonl"

INTRODUCTION = """\
# The bundle: content in and out

<!-- Written by `manage.py bundle_guide` from relations/exchange/formats; edit it there. -->

A bundle is a text file in UTF-8 with one JSON object a line (JSON Lines). Each line describes one thing and
says which `type` of thing it is. Lines may be at most {longest} MB long; blank lines are skipped; a byte
order mark and Windows line ends do no harm.

**A line describes the whole thing.** A key that is left out is empty, lists of parts included: what a line
does not say is not so any more after the import. `null`, `""`, `[]` and `{{}}` say the same as leaving a
key out.

**Identity.** A thing is known by its `ref` (a country by its `code`; a sector, an indicator and a page by
its `slug`; a relation by its two countries). What exists with that identity is updated, anything else is
created. Where `ref` may be left out it is made of what the thing is: `az-ge.embassy`. References are
lower-case letters a–z, digits, hyphens and points. A new thing without a `uuid` gets one that follows from
its reference, the same on every database. `number` is the number in the address of a record, an
organisation or a person: kept where it is free, so that addresses survive a move; for a thing that exists
it is not looked at. Two lines cannot describe the same thing. A record that was merged into another is still
found by its former `ref`: a line that names or describes it means the record it was merged into.

**References.** Lines name other things by their identity. They may stand further down in the file.

**Texts** are objects with a text for each language that has it: `{{"{one}": "…", "{other}": "…"}}`. The
languages are {languages}. Where HTML is accepted, whatever is not {tags} is taken out.

**Dates** of facts are EDTF: `2010-09-14`, `2008-11`, `2023`, `2010-04-15/2010-04-17`, `1997/2010`,
`2022/..` (open), `1996~` (about), `2004?` (uncertain), `1996-06~/1996-07~` (middle of 1996). **Decimals**
stand in quotation marks.

**Parts** (the objects in lists) have an `id`, a uuid; it is written where it does not follow from the place
in the list, and may always be left out: a part whose content is unchanged then keeps the one it has. In
messages parts are counted from 0: `parties[2].country`.

**Files** are named by the SHA-256 of their content and their suffix, and lie in a folder beside the bundle.

## Commands

| command | what it does |
|---|---|
| `manage.py import_bundle FILE` | Takes a bundle in: all of it or, if any line is wrong, nothing. |
| … `--dry-run` | Says what would be created and updated, and changes nothing. |
| … `--publish` | Makes public what lines do not keep back. Without it nothing becomes or changes in public. |
| … `--files DIR` | The folder with the files that lines name. |
| `manage.py export_bundle FILE` | Writes the whole content, always in the same order. |
| … `--files DIR` | Copies the files as well. |
| `manage.py load_demo` | Loads the reference data and the demo content into an empty database. |

`-` as FILE is standard input or output. With `--publish` everything becomes public but lines with
`"public": false`; without it new things stay drafts, and a line that would change something public is
refused. What staff keep under an embargo, or hold back in a language, a bundle does not make public.
A bundle carries what visitors see: no drafts, and no texts of languages that are held back.

An import says how many things it created, updated and found unchanged; the same bundle a second time
changes nothing. Faults are reported with line, field, value and what would be accepted, up to twenty at
once. While an import runs, on SQLite nobody else can save. It needs less than 200 MB of memory, however
long the bundle; on a small server with two cores, 100,000 records took a minute and a half.

## Types of lines

In the order in which an export writes them.
"""


def guide() -> str:
    """The whole guide as Markdown."""
    with translation.override(settings.LANGUAGE_CODE):
        examples = [json.loads(line) for line in EXAMPLES.read_text(encoding="utf-8").splitlines()]
        sections = [introduction()]
        for definition in DEFINITIONS.values():
            sections.append(
                section(definition, [line for line in examples if line["type"] == definition.name])
            )
        return "\n".join(sections)


def introduction() -> str:
    names = [f"`{code}` ({name})" for code, name in settings.LANGUAGES]
    codes = [code for code, _name in settings.LANGUAGES]
    return INTRODUCTION.format(
        longest=LONGEST_LINE // 1024 // 1024,
        one=codes[0],
        other=codes[-1],
        languages=", ".join(names),
        tags="`p br h3 h4 ul ol li strong em blockquote a`",
    )


def section(definition, examples) -> str:
    parts = [
        f"### {definition.name}",
        "",
        first_line(definition.model),
        "",
        table(definition.name, definition.shapes[0]),
    ]
    for own in definition.shapes:
        kind = getattr(own.model, "own_kind", "")
        for field in own.fields.values():
            if isinstance(field, Details):
                parts += [
                    f"#### `details` of kind `{kind}`",
                    "",
                    first_line(own.model),
                    "",
                    table("", field.shape),
                ]
                parts += tables_of_parts(field.shape)
            elif own is definition.shapes[0]:
                parts += table_of_part(field)
    longest = max(examples, key=len)
    parts += ["```json", json.dumps(longest, ensure_ascii=False, indent=1), "```", ""]
    return "\n".join(parts)


def tables_of_parts(shape) -> list[str]:
    return [text for field in shape.fields.values() for text in table_of_part(field)]


def table_of_part(field) -> list[str]:
    if not isinstance(field, Parts):
        return []
    note = ["An entry that only names its source may be written as the reference alone.", ""]
    return [
        f"#### `{field.name}`",
        "",
        *(note if isinstance(field, Citations) else []),
        table("", field.shape),
    ]


def table(type_, shape) -> str:
    rows = [("key", "value", "needed", "meaning"), ("---",) * 4]
    if type_:
        rows.append(("`type`", f"`{type_}`", "yes", "What the line describes"))
    for field in shape.fields.values():
        if not field.hidden:
            rows.append((f"`{field.name}`", value_of(field), needed(shape, field), sentence(field.meaning)))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def needed(shape, field) -> str:
    if field.name in getattr(shape.model, "needed_in_public", ()):
        return "in public"
    return "yes" if field.required else ""


def value_of(field) -> str:
    default = f"; `{field.default}` if left out" if field.default else ""
    return field.says.replace("|", "\\|") + default


def first_line(model) -> str:
    return (model.__doc__ or "").splitlines()[0]


def sentence(text) -> str:
    text = " ".join(str(text).split()).replace("|", "\\|")
    return text[:1].upper() + text[1:]

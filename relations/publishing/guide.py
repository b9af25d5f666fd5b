"""The guide to rights, written from the table that grants them."""

from django.conf import settings
from django.utils import translation

from .rights import NEEDS_OTHER_EYES, RIGHTS, VERBS, Role, model_rights

INTRODUCTION = """\
# Who may do what

<!-- Written by `manage.py rights_guide` from relations/publishing/rights.py; change it there. -->

Each role is a group; a member of staff has one. Superusers may do everything but what needs other
eyes and what an embargo keeps from them.

* **Desk.** Whoever answers for some countries sees and changes only what touches one of them, on every
  page, in every search and every list. What lies outside answers as if it were not there. A record
  without a country is seen by who began it.
* **Embargo.** An editor may keep a thing that is not public from all but the people and groups named,
  whatever their role. Publication lifts it; once all who are named have left, an administrator may.
* **Languages.** A translator sees everything in sight and changes texts in the languages of their desk
  only: no other text, no date, no row more or less. Without a language they change nothing.
* **Other eyes.** Acts with an asterisk are done by nobody who submitted or last edited the thing; an
  emergency is approved afterwards by somebody else than who published it.
* **Once public, never deleted.** `delete` is for what was never public.
* Only a superuser makes or changes superusers. The last administrator stays one. Nobody adds to,
  changes or deletes from the audit log.
"""


def guide() -> str:
    """The whole guide as Markdown."""
    with translation.override(settings.LANGUAGE_CODE):
        acts = {f"{act.label}{' *' * (act in NEEDS_OTHER_EYES)}": roles for act, roles in RIGHTS.items()}
        verbs = {
            f"`{model}`": {verb: roles.get(verb, frozenset()) for verb in VERBS}
            for model, roles in model_rights().items()
        }
        return "\n".join([INTRODUCTION, *table_of_acts(acts), "", *table_of_verbs(verbs), ""])


def table_of_acts(acts):
    yield "## Acts of the workflow"
    yield ""
    yield row("act", *(role.label for role in Role))
    yield row("---", *("---" for _role in Role))
    for act, roles in acts.items():
        yield row(act, *("yes" if role in roles else "" for role in Role))


def table_of_verbs(models):
    yield "## What is kept"
    yield ""
    yield row("what", *(role.label for role in Role))
    yield row("---", *("---" for _role in Role))
    for model, verbs in sorted(models.items()):
        yield row(model, *(", ".join(verb for verb in VERBS if role in verbs[verb]) for role in Role))


def row(*cells):
    return f"| {' | '.join(map(str, cells))} |".replace("|  |", "| |").replace("|  |", "| |")

import json
from copy import deepcopy
from datetime import timedelta
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.timezone import now
from modeltranslation.utils import build_localized_fieldname

from relations import exchange
from relations.models import Embargo, Page, Record, ReleaseSet, Revision
from relations.publishing import acts, releases
from relations.publishing.documents import capture

WORK = Path(exchange.__file__).parent / "demo_workflow.json"
# The acts that lead from a draft to where it is to stand.
WAYS = {
    "draft": (),
    "submitted": ("submit",),
    "rejected": ("submit", "reject"),
    "approved": ("submit", "approve"),
    "scheduled": ("submit", "approve", "schedule"),
    "published": ("submit", "approve", "publish"),
    "withdrawn": ("submit", "approve", "publish", "withdraw"),
    "unpublished": ("submit", "approve", "publish", "unpublish"),
    "emergency": ("publish_in_emergency",),
}


class Command(BaseCommand):
    """What becomes public by it are pages written for this purpose; no fact of the demonstration changes."""

    help = "Put demo content into every state of the workflow, unless somebody has worked here already."

    @transaction.atomic
    def handle(self, verbosity, **options):
        if Revision.objects.exists() or not Record.objects.exists():
            return
        for work in json.loads(WORK.read_text(encoding="utf-8")):
            do(work)
        if verbosity:
            self.stdout.write(f"Work in every state: {Revision.objects.count()} revisions.")


def do(work):
    """Let the accounts of the demonstration bring one thing to where it is to stand."""
    author, editor, administrator = map(account, ("author", "editor", "administrator"))
    thing = subject(work)
    revision = acts.keep_draft(author, thing, changed(thing, work))
    told = {
        "submit": (author, by_language(work.get("told", {}))),
        "reject": (editor, {"remark": work.get("remark")}),
        "schedule": (editor, {"publish_at": now() + timedelta(days=work.get("days", 0))}),
        "withdraw": (editor, by_language({"ending_reason": work.get("ending", {})})),
        "unpublish": (editor, by_language({"ending_reason": work.get("ending", {})})),
        "publish_in_emergency": (administrator, {"reason": work.get("reason")}),
    }
    for step in WAYS[work["reach"]]:
        user, options = told.get(step, (editor, {}))
        revision = getattr(acts, step)(user, revision, **options)
    if "release_set" in work:
        release_set, _is_new = ReleaseSet.objects.get_or_create(
            name=work["release_set"], defaults={"owner": editor}
        )
        releases.put_in(editor, release_set, revision)
    if "embargo" in work:
        embargo = Embargo(reason=work["embargo"], created_by=editor).about(thing)
        embargo.save()
        embargo.users.add(author)


def account(role):
    return get_user_model().objects.get(username=f"demo-{role}")


def subject(work):
    """Return the record or the page that is worked on; a page is entered where it is not there yet."""
    if "record" in work:
        return Record.objects.get(ref=work["record"])
    page = Page.objects.filter(slug=work["page"]).first()
    return page or Page.objects.create(slug=work["page"], position=100, **by_language(work["texts"]))


def changed(thing, work):
    """Return what the thing says after the work."""
    document = deepcopy(acts.document_for(thing) or capture(thing))
    fields = document["fields"]
    fields |= by_language(work.get("texts", {}))
    for name, ending in work.get("append", {}).items():
        fields |= {
            column: f"{text}{ending}"
            for column, text in fields.items()
            if text and column.rpartition("_")[0] == name
        }
    return document


def by_language(texts):
    """Return texts by column: {"title": {code: text}} as the columns of its languages."""
    return {
        build_localized_fieldname(name, code): text
        for name, languages in texts.items()
        for code, text in languages.items()
    }

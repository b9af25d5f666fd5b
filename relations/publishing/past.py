"""What visitors are told of a thing's past: that it was withdrawn, corrected or changed, when and why."""

from dataclasses import dataclass

from modeltranslation.utils import get_translation_fields

from relations.models import Correction, Revision

from .documents import hold_back
from .states import State

COLUMNS = ("state", "major", "minor", "is_minor", "held_back", "published_at")


def with_past(queryset):
    """Let things that are published bring along what `past_of` tells of each, without a query for it."""
    revisions, corrections = Revision.objects.numbered(), Correction.objects.all()
    texts = [*get_translation_fields("note"), *get_translation_fields("ending_reason")]
    said = [*get_translation_fields("text"), *get_translation_fields("old_title")]
    return queryset.nesting_loose(
        public_revisions=revisions.of_each(queryset.model).only(*COLUMNS, *texts),
        corrections=corrections.of_each(queryset.model).only("replaced", "corrected_at", *said),
    )


def past_of(thing):
    """Return the past of a thing that was read `with_past`; of any other thing nothing is known.

    Whenever it was said, nothing is told in a language that is held back now.
    """
    revisions, corrections = getattr(thing, "public_revisions", []), getattr(thing, "corrections", [])
    held_back = next((one.held_back for one in revisions if one.is_live), [])
    for one in (*revisions, *corrections):
        hold_back(one, held_back)
    return Past(thing, revisions, corrections)


@dataclass(frozen=True)
class Past:
    """A thing with its public revisions, newest first, and its corrections, oldest first."""

    thing: object
    revisions: list
    corrections: list

    @property
    def withdrawal(self):
        """The revision that says why the thing was withdrawn; None of what was not."""
        if not self.thing.withdrawn_at:
            return None
        return next((one for one in self.revisions if one.state == State.WITHDRAWN), None)

    @property
    def corrections_with_versions(self):
        """Each correction with the version it replaced: [(correction, revision)]."""
        by_key = {revision.pk: revision for revision in self.revisions}
        return [(one, by_key.get(one.replaced_id)) for one in self.corrections]

    @property
    def changes(self):
        """The revisions that changed something that matters, newest first, with a note that says what."""
        texts = get_translation_fields("note")
        return [
            one
            for one in self.revisions
            if not one.is_minor and any(getattr(one, column) for column in texts)
        ]

    @property
    def last_change(self):
        """When something that matters last changed; None if nothing did since it was first published."""
        first, last = self.thing.first_published_at, self.thing.changed_at
        return last if last and last != first else None

"""What an import does to what visitors see: since when it is so, and both texts of what it changes."""

from collections import defaultdict

from django.conf import settings
from django.db import connection
from django.utils.timezone import now

from relations.models import Embargo, Revision
from relations.models.publication import filed_under
from relations.publishing import acts, audit
from relations.publishing.states import Act, State


class Versions:
    """The versions of one run. Whatever is made public or changed by it is so since one moment."""

    def __init__(self):
        self.moment = now()
        # As the driver takes it, so that it is not prepared anew for every row.
        self.ready_moment = str(connection.ops.adapt_datetimefield_value(self.moment))
        self.kept = defaultdict(dict)

    def stamps(self, is_public) -> dict:
        """Return the columns that say since when visitors see a new thing, if they do."""
        moment = self.ready_moment if is_public else None
        return dict.fromkeys(("first_published_at", "changed_at", "touched_at"), moment)

    def keep(self, thing):
        """Keep what visitors see of a thing, or saw last, before a line changes it."""
        # What this run made public has no earlier text, and what it met before has been kept.
        if thing.first_published_at == self.moment or self.is_kept(thing):
            return
        if former := acts.live(thing):
            self.kept[filed_under(type(thing))][thing.pk] = former.pk

    def is_kept(self, thing):
        key = self.kept[filed_under(type(thing))].get(thing.pk)
        # Lines that the database refused together are tried again one by one.
        return key is not None and Revision.objects.filter(pk=key).exists()

    def stamp(self, thing, is_public):
        """Write on a thing what follows from a change by a line."""
        if not is_public:
            thing.withdrawn_at = None
            return
        if not (thing.is_public or thing.first_published_at or self.is_kept(thing)):
            thing.first_published_at = self.moment
        thing.changed_at = thing.touched_at = self.moment

    def complete(self):
        """Make versions of what visitors see now of everything that was changed."""
        for model, keys in self.kept.items():
            for key in keys:
                complete_one(model._base_manager.get(pk=key))


def against_public(model, key, was_public, document) -> str:
    """Return why staff keep from visitors what a bundle would show them, or nothing if they do not."""
    if Embargo.objects.of_all(model).filter(object_id=key).exists():
        return "is under an embargo"
    # Out of sight, its row has the texts of all languages.
    states = Revision.LIVE if was_public else (*Revision.IN_WORK, *Revision.LIVE)
    revisions = Revision.objects.of_all(model).filter(object_id=key, state__in=states)
    held_back = {code for codes in revisions.values_list("held_back", flat=True) for code in codes}
    shown = held_back & languages_in(document) if was_public else held_back
    return f"holds back {', '.join(sorted(shown))}" if shown else ""


def languages_in(document) -> set:
    """Return the languages in which a line has a text, wherever in it."""
    if isinstance(document, list):
        return set().union(*map(languages_in, document))
    if not isinstance(document, dict):
        return set()
    own = {code for code in document.keys() & dict(settings.LANGUAGES).keys() if document[code]}
    return own.union(*map(languages_in, document.values()))


def complete_one(thing):
    revision = acts.live(thing)
    if not thing.is_public and revision.state != State.UNPUBLISHED:
        before = acts.move(revision, Act.UNPUBLISH)
        audit.note(None, Act.UNPUBLISH, thing, revision, before, revision.state)

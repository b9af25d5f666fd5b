"""What a record said before: its public versions as they are kept, read and never written."""

from functools import cached_property

from django.db.models import Q, Subquery

from relations.models import (
    AuditEntry,
    Citation,
    Country,
    Organisation,
    Record,
    RecordParty,
    Revision,
    Source,
)
from relations.publishing.documents import fill, projected


class EarlierVersion:
    """One version of a record that was public, made of its document."""

    def __init__(self, record, revision):
        self.present = record
        self.revision = revision
        model = Record._meta.get_field(record.kind).related_model
        held_back = {*revision.held_back, *revision.held_back_now}
        self.document = projected(revision.document, model, held_back)
        self.record = fill(model(pk=record.pk, kind=record.kind), self.document["fields"])

    @cached_property
    def rows(self):
        return [fill(RecordParty(), row) for row in self.document["parts"]["parties"]]

    @cached_property
    def countries(self):
        keys = {row.country_id for row in self.rows} | {self.record.place_country_id}
        return Country.objects.in_bulk(keys - {None})

    @property
    def place_country(self):
        return self.countries.get(self.record.place_country_id)

    @cached_property
    def parties(self):
        """Who took part and as what, by the names they have now: [(country or organisation, role)]."""
        organisations = Organisation.objects.in_bulk({row.organisation_id for row in self.rows} - {None})
        named = [
            (self.countries.get(row.country_id) or organisations.get(row.organisation_id), row)
            for row in self.rows
        ]
        # A version is kept longer than what it names may be.
        return [(party, row.get_role_display()) for party, row in named if party]

    @property
    def sources(self):
        """The sources that were named, as they are described now."""
        keys = [fill(Citation(), row).source_id for row in self.document["parts"]["citations"]]
        found = Source.objects.select_related("reproduces").in_bulk(keys)
        return [found[key] for key in dict.fromkeys(keys) if key in found]

    @cached_property
    def replaced_at(self):
        """When the next version took its place."""
        later = Revision.objects.of(self.present).numbered().filter(newer_than(self.revision))
        return later.order_by("major", "minor").values_list("published_at", flat=True).first()


def find_version(record, major, minor):
    """Return a public version of a record by its number, with what is held back of it now; or None."""
    live = Revision.objects.of(record).live().values("held_back")
    versions = Revision.objects.of(record).numbered().filter(major=major, minor=minor)
    return versions.annotate(held_back_now=Subquery(live)).first()


def ending_of(record, revision):
    """Return the revision with which a version was taken off, or None: what comes back later is not it."""
    ended = AuditEntry.objects.of(record).filter(to_state=Revision.State.UNPUBLISHED).values("revision")
    those = Revision.objects.of(record).filter(pk__in=ended)
    return those.filter(Q(pk=revision.pk) | newer_than(revision)).order_by("major", "minor").first()


def newer_than(revision):
    return Q(major__gt=revision.major) | Q(major=revision.major, minor__gt=revision.minor)

"""Two records that turned out to be one: what becomes of everything on the other, and doing it.

Whatever pointed to the other record points to the kept one afterwards, and whoever asks for the other by its
number or reference finds the kept one. A plan says beforehand what moves, what is taken over, what is lost.
"""

from dataclasses import dataclass, field
from hashlib import sha256

from django.db import models, transaction
from modeltranslation.fields import TranslationFieldDescriptor
from modeltranslation.utils import get_translation_fields

from relations.models import (
    AgreementAct,
    Attachment,
    Citation,
    FormerNumber,
    FormerRef,
    ProjectStatus,
    ProjectValue,
    Record,
    RecordParty,
    RecordPerson,
    RelationLevel,
    Review,
)

# Rows are one and the same if they agree in these and contradict each other in nothing else. Where the first
# is unknown – a minister whom no source names – only what is equal in everything is the same.
SAME = {
    RecordPerson: ("person", "role"),
    Citation: ("source",),
    AgreementAct: ("act", "country", "organisation"),
    ProjectStatus: ("status", "start", "as_of"),
    ProjectValue: ("value",),
    Attachment: ("checksum", "language"),
}
# … and where they say one thing in some language that both are written in.
SAID_ALIKE = {ProjectValue: "label"}
# What the name of a row reads beyond its own foreign keys.
NAMED_AFTER = {RelationLevel: ("relation__country_a", "relation__country_b")}
# What a record is known by, and whether it is seen, is never taken over.
OWN = ("ref", "is_public")


class Changed(Exception):
    """The records are no longer as the plan says."""


@dataclass(frozen=True)
class Value:
    """What one column of the other record, or of a row of it, says."""

    field: models.Field
    value: object

    @property
    def name(self):
        return self.field.name


@dataclass
class Row:
    """One row that points to the other record: it moves, or says what a row of the kept record says."""

    row: models.Model
    key: models.ForeignKey
    twin: models.Model | None = None
    # It would lead from the kept record to itself.
    is_circular: bool = False
    # What the twin lacks, what it says otherwise, and what changes in a row that moves.
    filled: list = field(default_factory=list)
    lost: list = field(default_factory=list)
    changes: dict = field(default_factory=dict)

    @property
    def moves(self):
        return self.twin is None and not self.is_circular


class Plan:
    """What merging one record into another will do; both are given as their own kind, such as two Visits."""

    def __init__(self, kept, other):
        self.kept, self.other = kept, other
        self.taken, self.differing = [], []
        for column in columns_of(type(kept)):
            value, own = getattr(other, column.attname), getattr(kept, column.attname)
            if is_empty(value) or value == own:
                continue
            can_be_taken = is_empty(own) and not said_to_be_absent(kept, column)
            target = self.taken if can_be_taken else self.differing
            target.append(Value(column, getattr(other, column.name)))
        # Everything that points to the two: {foreign key: {record: rows}}.
        keys = pointing_to(type(kept))
        self.pointing = {key: {one.pk: rows_of(key, one) for one in (kept, other)} for key in keys}
        self.rows = [row for key in keys for row in self.rows_through(key)]
        # Of two days on which somebody looks at it again the earlier holds, or else the kept record's.
        reviews = (Review.objects.of(kept) | Review.objects.of(other)).select_related("owner")
        self.reviews = sorted(reviews, key=lambda one: (one.due, one.object_id == other.pk))
        self.absences = self.find_absences()
        self.lost_pages = self.find_lost_pages()

    def rows_through(self, key):
        """Decide about the rows that point to the other record through one foreign key."""
        own, others = list(self.pointing[key][self.kept.pk]), self.pointing[key][self.other.pk]
        flags = flags_of(key)
        flagged = {flag for flag in flags for row in own if getattr(row, flag)}
        # Those that are there word for word first, before one that says less is taken for the same.
        for row in sorted(others, key=lambda row: not any(is_copy(row, one, key) for one in own)):
            found = Row(row, key, is_circular=points_to(row, self.kept))
            if not found.is_circular:
                twins = [one for one in own if is_twin(row, one, key)]
                found.twin = min(twins, key=lambda one: not is_copy(row, one, key), default=None)
            if found.twin:
                # A second row that says the same would overwrite what the first one filled in.
                own.remove(found.twin)
                self.compare(found)
            for flag in filter(lambda flag: getattr(row, flag), flags):
                self.decide_flag(found, flag, flagged)
            yield found

    def compare(self, found):
        for column in columns_of(type(found.row), found.key):
            value, own = getattr(found.row, column.attname), getattr(found.twin, column.attname)
            if isinstance(column, models.FileField) or is_empty(value) or value == own:
                continue
            target = found.filled if is_empty(own) else found.lost
            target.append(Value(column, getattr(found.row, column.name)))

    def decide_flag(self, found, flag, flagged):
        """One row only may be the main sector, or the preferred source: the kept record's, if it has one."""
        column = found.row._meta.get_field(flag)
        if found.twin and getattr(found.twin, flag):
            return
        if flag not in flagged:
            if found.twin:
                found.filled.append(Value(column, True))
            return
        if found.moves:
            found.changes[flag] = False
        found.lost.append(Value(column, True))

    def find_absences(self):
        """Reasons why a field is empty that the kept record lacks, as it lacks the field: {name: reason}."""
        reasons = getattr(self.other, "absent", {})
        known = getattr(self.kept, "absent", {})
        return {
            name: reason
            for name, reason in reasons.items()
            if name not in known and not says_anything(self.kept, name)
        }

    def find_lost_pages(self):
        """Relations on whose page the other record shows, and the kept one will not."""
        roles = RecordParty.JOINING
        parties = [*self.kept.parties.all(), *(row.row for row in self.rows if row.moves)]
        joined = {one.country_id for one in parties if isinstance(one, RecordParty) and one.role in roles}
        relations = self.other.relations.with_countries().order_by("pk")
        return [one for one in relations if not {one.country_a_id, one.country_b_id} <= joined]

    @property
    def fingerprint(self):
        """The same as long as the plan is: whoever agreed to one plan does not carry out another."""
        said = [(self.kept.pk, self.other.pk)]
        said += [(value.name, str(value.value)) for value in (*self.taken, *self.differing)]
        said += [(review.pk, str(review.due), review.owner_id) for review in self.reviews]
        said += [*self.absences.items(), *(relation.pk for relation in self.lost_pages)]
        for row in self.rows:
            lost = [(value.name, str(value.value)) for value in (*row.filled, *row.lost)]
            said.append((str(row.key), str(row.row.pk), str(row.twin and row.twin.pk), row.is_circular, lost))
        return sha256(repr(said).encode()).hexdigest()

    def carry_out(self, taking):
        """Do it, taking over those of the offered values whose columns are named."""
        for value in self.taken:
            if value.name in taking:
                setattr(self.kept, value.name, value.value)
        for name, reason in self.absences.items():
            if not says_anything(self.kept, name):
                self.kept.absent[name] = reason
        self.kept.complete()
        self.kept.validate_constraints()
        self.kept.save()
        for row in self.rows:
            self.move(row)
        for later in self.reviews[1:]:
            later.delete()
        for review in self.reviews[:1]:
            review.about(self.kept).save()
        FormerNumber.objects.create(number=self.other.pk, record_id=self.kept.pk)
        FormerRef.objects.create(ref=self.other.ref, record_id=self.kept.pk)
        self.other.delete()
        self.kept.refresh_relations()

    def move(self, found):
        if found.twin:
            for value in found.filled:
                setattr(found.twin, value.name, value.value)
            if found.filled:
                found.twin.save()
        elif found.moves:
            model, changes = type(found.row), {found.key.attname: self.kept.pk, **found.changes}
            if found.key.name in ("record", type(self.kept).own_kind) and hasattr(found.row, "position"):
                own = model._base_manager.filter(**{found.key.attname: self.kept.pk})
                last = own.aggregate(last=models.Max("position"))["last"]
                changes["position"] = 0 if last is None else last + 1
            model._base_manager.filter(pk=found.row.pk).update(**changes)


def merge(kept, other, taking=None, seen=None):
    """Merge one record into another of its kind; return the plan that was carried out.

    `taking` names the columns to take over, all that are offered by default. `seen` is the fingerprint of the
    plan that somebody agreed to. Raises `Changed` if it has become another, and ValidationError if what is
    taken over does not fit together; nothing is done then.
    """
    model = type(kept)
    with transaction.atomic():
        numbers = sorted((kept.pk, other.pk))
        # Whoever saves one of them in this moment comes before or after, not in between.
        list(Record.objects.select_for_update().filter(pk__in=numbers).order_by("pk").values("pk"))
        records = model._base_manager.in_bulk(numbers)
        if len(records) < len(numbers):
            raise Changed
        plan = Plan(records[kept.pk], records[other.pk])
        if seen is not None and seen != plan.fingerprint:
            raise Changed
        plan.carry_out({value.name for value in plan.taken} if taking is None else taking)
    return plan


def columns_of(model, key=None):
    """Return the columns that people fill in, each language by itself; not those a thing is known by."""
    left_out = {*OWN, "position", *(flags_of(key) if key else ()), key and key.name}
    if key is None:
        # It is no value of its own, but says something about others.
        left_out.add("absent")
    return [
        column
        for column in model._meta.concrete_fields
        if column.editable
        and not column.primary_key
        and column.name not in left_out
        and not isinstance(getattr(model, column.name), TranslationFieldDescriptor)
    ]


def pointing_to(model):
    """Return the foreign keys through which other things point to records of a kind, or of any kind."""
    found = [one.field for one in model._meta.get_fields(include_hidden=True) if one.one_to_many]
    return sorted((key for key in found if not key.model._meta.auto_created), key=str)


def rows_of(key, record):
    names = [one.name for one in key.model._meta.concrete_fields if one.many_to_one and one is not key]
    rows = key.model._base_manager.filter(**{key.attname: record.pk})
    order = ["position", "pk"] if hasattr(key.model, "position") else ["pk"]
    return list(rows.select_related(*names, *NAMED_AFTER.get(key.model, ())).order_by(*order))


def unique_with(key):
    """Return the sets of columns that no two rows of one record share."""
    return [
        [name for name in constraint.fields if name != key.name]
        for constraint in key.model._meta.total_unique_constraints
        if key.name in constraint.fields
    ]


def flags_of(key):
    """Return the columns that are true in one row of a record at most."""
    partial = (one for one in key.model._meta.constraints if isinstance(one, models.UniqueConstraint))
    conditions = [one.condition for one in partial if one.condition and one.fields == (key.name,)]
    return [name for condition in conditions for name, value in condition.children if value is True]


def is_twin(row, one, key):
    """Whether a row of the kept record stands for a row of the other."""
    if any(agree(row, one, names) and known(row, names) for names in unique_with(key)):
        return True
    names = SAME.get(type(row))
    if names is None or not agree(row, one, names):
        return False
    if not known(row, names[:1]):
        return is_copy(row, one, key)
    if not said_alike(row, one):
        return False
    return all(value == own or is_empty(value) or is_empty(own) for value, own in side_by_side(row, one, key))


def said_alike(row, one):
    if type(row) not in SAID_ALIKE:
        return True
    columns = get_translation_fields(SAID_ALIKE[type(row)])
    return any(getattr(row, column) and getattr(row, column) == getattr(one, column) for column in columns)


def is_copy(row, one, key):
    return all(
        value == own or (is_empty(value) and is_empty(own)) for value, own in side_by_side(row, one, key)
    )


def side_by_side(row, one, key):
    """Yield what two rows say in each column; of two files nobody knows but by their checksums."""
    for column in columns_of(type(row), key):
        if not isinstance(column, models.FileField):
            yield getattr(row, column.attname), getattr(one, column.attname)


def agree(row, one, names):
    attributes = [row._meta.get_field(name).attname for name in names]
    return all(getattr(row, name) == getattr(one, name) for name in attributes)


def known(row, names):
    return all(getattr(row, row._meta.get_field(name).attname) is not None for name in names)


def points_to(row, record):
    """Whether a row that points to the other record points to the kept one as well."""
    keys = [one for one in row._meta.concrete_fields if one.many_to_one]
    ends = [one for one in keys if issubclass(one.related_model, Record)]
    return any(getattr(row, one.attname) == record.pk for one in ends)


def is_empty(value):
    return value is None or value in ("", [], {})


def said_to_be_absent(record, column):
    """Whether the record says that there is no such thing, or that the question does not arise."""
    original = getattr(column, "translated_field", column)
    return original.name in getattr(record, "absent", {})


def says_anything(record, name):
    """Whether a field has a value, in whatever language."""
    columns = [one for one in columns_of(type(record)) if getattr(one, "translated_field", one).name == name]
    return any(not is_empty(getattr(record, column.attname)) for column in columns)

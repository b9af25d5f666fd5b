"""The names of what filters choose by key – sectors, countries, organisations, people – read together."""

from django.db.models import F, Value
from modeltranslation.utils import get_translation_fields

from relations.models import Country, Organisation, Person, Record, RecordPerson, Sector


class Named:
    """A thing under its key in addresses: its place in an order of its own, its name in every language."""

    def __init__(self, key, position, names):
        self.key, self.position = key, position
        vars(self).update(names)


class Names:
    """Names by noun and key, read together and kept; what nothing public names has none."""

    def __init__(self):
        self.named = {}
        self.asked = set()

    def read(self, wanted, *, are_public=False):
        """Read the names of keys, [(noun, key)], in one query, except of those that were asked for before.

        Of what is not known to be public it is found out first.
        """
        new = {(noun, key) for noun, key in wanted if key} - self.asked
        self.asked |= new
        texts = get_translation_fields("name")
        parts = []
        for noun in sorted({noun for noun, _key in new}):
            things, key = things_of(noun, are_public)
            keys = {key for of, key in new if of == noun}
            parts.append(rows(noun, things.filter(**{f"{key}__in": keys}), key, texts))
        if parts:
            for noun, key, position, *names in parts[0].union(*parts[1:], all=True):
                self.named[noun, key] = Named(key, position, dict(zip(texts, names, strict=True)))

    def get(self, noun, key):
        return self.named.get((noun, key))


def things_of(noun, are_public):
    """Return the things of a noun that visitors may learn of, and the name of their key."""
    match noun:
        case "sector":
            return Sector.objects.all(), "slug"
        case "country":
            return Country.objects.all(), "code"
        case "organisation":
            return Organisation.objects.all() if are_public else Organisation.objects.with_page(), "ref"
        case "person":
            seen = RecordPerson.objects.filter(record__in=Record.objects.published())
            people = Person.objects.all()
            return people if are_public else people.filter(pk__in=seen.values("person")), "ref"


def rows(noun, things, key, texts):
    """Return the things' noun, key, position and names as a part of the one question."""
    position = F("position") if noun == "sector" else Value(0)
    # Columns keep their order only where no names of translated ones are looked for among them.
    things = things.rewrite(False).order_by()
    return things.annotate(noun=Value(noun), key=F(key), order=position).values_list(
        "noun", "key", "order", *texts
    )

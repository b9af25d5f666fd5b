"""Looking up what lines refer to, many at a time."""

from collections import defaultdict

from relations.models import Country, Indicator, Relation, Sector
from relations.models.base import uuid_for

from .files import File
from .references import named_by, pair_ref
from .wrong import unknown

# There are few of these, so they are remembered from batch to batch.
FEW = (Country, Sector, Indicator, Relation)


class Found:
    """Primary keys of the things that the lines of a batch refer to."""

    def __init__(self, folder):
        self.folder = folder
        self.numbers = defaultdict(dict)
        self.slugs = {}

    def look_up(self, mentions):
        """Find everything mentioned; relations of known countries are entered where they are missing."""
        wanted = defaultdict(set)
        for target, key, _path, _later in mentions:
            if key not in self.numbers[target]:
                wanted[target].add(key)
        relations = wanted.pop(Relation, ())
        for target, keys in wanted.items():
            if isinstance(target, File):
                usable = {key: True for key in keys if not self.folder.problem_with(target, key)}
                self.numbers[target] |= usable
            else:
                name = named_by(target)
                things = target._base_manager.filter(**{f"{name}__in": keys})
                self.numbers[target] |= things.values_list(name, "pk")
        if relations:
            self.find_relations(relations)

    def forget(self):
        for target in [target for target in self.numbers if target not in FEW]:
            del self.numbers[target]

    def find_relations(self, pairs):
        if not self.numbers[Relation]:
            rows = Relation._base_manager.values_list("pk", "country_a__code", "country_b__code")
            self.numbers[Relation] |= {pair_ref(codes): number for number, *codes in rows}
        missing = [pair for pair in sorted(pairs) if pair not in self.numbers[Relation]]
        joined = [relation for relation in map(self.joined, missing) if relation]
        for relation in Relation._base_manager.bulk_create(joined):
            self.numbers[Relation][relation.ref] = relation.pk

    def joined(self, pair) -> Relation | None:
        """A relation as `Relation.objects.join` enters it, with the same identity on every database."""
        codes = pair.upper().split("-")
        countries = self.numbers[Country]
        if not all(code in countries for code in codes):
            return None
        first, second = sorted(codes, key=self.slug)
        uuid = uuid_for(Relation, pair)
        return Relation(ref=pair, uuid=uuid, country_a_id=countries[first], country_b_id=countries[second])

    def slug(self, code) -> str:
        if code not in self.slugs:
            self.slugs |= Country._base_manager.values_list("code", "slug")
        return self.slugs[code]

    def has(self, target, key) -> bool:
        return key in self.numbers[target]

    def __call__(self, model, key):
        return self.numbers[model][key]

    def kept_file(self, field, value):
        return self.folder.keep(field, value)

    def reason(self, target, key) -> str:
        """Why something mentioned was not found."""
        if isinstance(target, File):
            return self.folder.problem_with(target, key)
        names = target._base_manager.values_list(named_by(target), flat=True)[:20_000]
        return unknown(str(target._meta.verbose_name), key, names)

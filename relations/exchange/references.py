"""Fields that name other things by what everybody knows them by: a code, a slug, a reference."""

from types import SimpleNamespace

from django.db.models import Model

from relations.models import Country, Indicator, Page, Relation, Sector

from .values import Field, text_of
from .wrong import Wrong, shown

# The attribute that a model's objects are named by in lines; all others have a `ref`.
NAMED_BY = {Country: "code", Sector: "slug", Indicator: "slug", Page: "slug"}


def named_by(model: type[Model]) -> str:
    return NAMED_BY.get(model, "ref")


class Reference(Field):
    """Another thing, by its code, slug or reference; `later` where it may stand further down in the file."""

    def __init__(self, model, name, attribute=None, *, later=False, **options):
        super().__init__(model, name, attribute, **options)
        self.target = self.source.related_model
        self.key = named_by(self.target)
        self.columns = (f"{self.attribute}__{self.key}",)
        self.later = later

    @property
    def says(self):
        return f"{self.key} of {article(self.target._meta.verbose_name)}"

    def check(self, value):
        return text_of(value)

    def store(self, value, found):
        return {self.source.attname: None if value is None else found(self.target, value)}

    def stand_in(self, value):
        return {self.attribute: value and SimpleNamespace(**{self.key: value})}

    def mentions(self, value):
        if value is not None:
            yield self.target, value, (self.name,), self.later


def pair_ref(codes) -> str:
    """The reference that follows from two countries; also how their relation is looked up."""
    return "-".join(sorted(codes)).lower()


class Pair(Field):
    """The relation of two countries, by their codes; it is entered if nothing joined them before."""

    says = "codes of two countries"

    def __init__(self, model, name="relation", attribute=None, **options):
        super().__init__(model, name, attribute, **options)
        self.columns = tuple(f"{self.attribute}__{side}__code" for side in ("country_a", "country_b"))

    def check(self, value):
        return two_codes(value)

    def read(self, values):
        return sorted(values) if values[0] else None

    def store(self, value, found):
        return {self.source.attname: value and found(Relation, pair_ref(value))}

    def stand_in(self, value):
        return {self.attribute: value and SimpleNamespace(ref=pair_ref(value))}

    def mentions(self, value):
        yield from mentioned_pair(value, self.name)


class Joined(Pair):
    """The relation that follows from two countries of a line; nobody writes it."""

    hidden = True

    def __init__(self, model, one, other):
        super().__init__(model, required=False)
        self.sides = one, other

    def accept(self, given, document):
        codes = {document[side] for side in self.sides if side in document}
        if len(codes) == 2:
            document[self.name] = sorted(codes)

    def mentions(self, value):
        yield Relation, pair_ref(value), (self.name,), False


def two_codes(value) -> list[str]:
    if not isinstance(value, list) or len(value) != 2:
        raise Wrong(f'{shown(value)} is no pair; write two codes: ["AZ", "GE"]')
    codes = [text_of(code) for code in value]
    if codes[0] == codes[1]:
        raise Wrong(f"{shown(value)} pairs a country with itself")
    return sorted(codes)


def mentioned_pair(codes, name):
    if codes:
        for number, code in enumerate(codes):
            yield Country, code, (name, number), False
        yield Relation, pair_ref(codes), (name,), False


class TwoCountries(Field):
    """The countries of a relation line: what the relation is known by."""

    says = "codes of two countries"
    settled = True

    def __init__(self, model, name):
        super().__init__(model, name, "country_a")
        self.columns = ("country_a__code", "country_b__code")

    def check(self, value):
        return two_codes(value)

    def read(self, values):
        return sorted(values)

    def store(self, value, found):
        """The sides are given in the order of the page's address, as `Relation.objects.join` gives them."""
        slugs = {code: found.slug(code) for code in value}
        first, second = (found(Country, code) for code in sorted(value, key=slugs.get))
        return {"country_a_id": first, "country_b_id": second}

    def stand_in(self, value):
        first, second = (SimpleNamespace(code=code) for code in value)
        return {"country_a": first, "country_b": second}

    def mentions(self, value):
        for number, code in enumerate(value):
            yield Country, code, (self.name, number), False

    @property
    def meaning(self):
        return "The two countries, in any order"


class Ref(Field):
    """The stable name of a thing in exchange files."""

    says = "reference"
    settled = True

    def check(self, value):
        return self.validated(text_of(value))


class Number(Field):
    """The number in a thing's address; kept on a move between databases where it is free."""

    says = "whole number"
    settled = True

    def __init__(self, model):
        super().__init__(model, "number", model._meta.pk.name)

    def is_required(self):
        return False

    def check(self, value):
        if type(value) is not int or not 0 < value < 2**63:
            raise Wrong(f"{shown(value)} is no number above 0")
        return value

    @property
    def meaning(self):
        return "The number in the address; kept if it is free, otherwise a new one is given"


class Public(Field):
    """Whether visitors see it; read only where a bundle is published."""

    says = "true or false"
    settled = True

    def __init__(self, model):
        super().__init__(model, "public", "is_public")

    def accept(self, given, document):
        value = given.get(self.name)
        if value is not None and not isinstance(value, bool):
            raise Wrong(f"{shown(value)} is neither true nor false", self.name)
        if value is False:
            document[self.name] = False

    def read(self, values):
        return None if values[0] else False

    @property
    def meaning(self):
        return "Visitors see it; true if left out. Honoured with --publish only"


def article(noun) -> str:
    return f"{'an' if str(noun)[0] in 'aeiou' else 'a'} {noun}"

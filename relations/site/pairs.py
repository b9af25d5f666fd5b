"""Lists of pairs of countries, by name or by what happened last."""

from relations.models import Country, Relation
from relations.translating.alphabet import name_in_alphabet

PAIRS_ON_HOME = 24


def pairs_in_the_news():
    """Return the pairs with the newest public records, and whether there are more.

    Where all fit they stand by name: nobody needs to be told then which are the newest.
    """
    newest = list(Relation.objects.with_page().with_countries().newest_first()[: PAIRS_ON_HOME + 1])
    if len(newest) > PAIRS_ON_HOME:
        return newest[:PAIRS_ON_HOME], True
    return by_name(newest), False


def by_name(relations):
    """Return the relations in the order of the names that a page shows."""
    return sorted(relations, key=lambda relation: [name_in_alphabet(one) for one in relation.countries])


def keys_by_name():
    """Return the keys of all pairs with a page, in the order of the names that a page shows."""
    countries = Country.objects.defer("official_name").in_bulk()
    names = {key: (country.slug, name_in_alphabet(country)) for key, country in countries.items()}
    pairs = Relation.objects.with_page().order_by().values_list("pk", "country_a", "country_b")
    # By slug, as `Relation.countries` has them; then by name.
    sides = {key: [name for _slug, name in sorted((names[a], names[b]))] for key, a, b in pairs}
    return sorted(sides, key=sides.get)


def relations_of(keys):
    """Return the relations in the order of their keys."""
    relations = Relation.objects.with_countries().in_bulk(keys)
    return [relations[key] for key in keys]

"""Lists of pairs of countries, by name or by what happened last."""

from relations.models import Country, Relation
from relations.translating.alphabet import in_alphabet
from relations.translating.shown import shown

PAIRS_ON_HOME = 24


def pairs_in_the_news():
    """Return the pairs with the newest public records, and whether there are more.

    Where all fit they stand by name: nobody needs to be told then which are the newest.
    """
    newest = list(Relation.objects.with_page().with_countries().newest_first()[: PAIRS_ON_HOME + 1])
    if len(newest) > PAIRS_ON_HOME:
        return newest[:PAIRS_ON_HOME], True
    return sorted(newest, key=lambda relation: [name_to_sort_by(one) for one in relation.countries]), False


def keys_by_name():
    """Return the keys of all pairs with a page, in the order of the names that a page shows."""
    countries = Country.objects.defer("official_name").in_bulk()
    names = {key: (country.slug, name_to_sort_by(country)) for key, country in countries.items()}
    pairs = Relation.objects.with_page().order_by().values_list("pk", "country_a", "country_b")
    # By slug, as `Relation.countries` has them; then by name.
    sides = {key: [name for _slug, name in sorted((names[a], names[b]))] for key, a, b in pairs}
    return sorted(sides, key=sides.get)


def name_to_sort_by(country):
    return in_alphabet(str(shown(country, "name")))


def relations_of(keys):
    """Return the relations in the order of their keys."""
    relations = Relation.objects.with_countries().in_bulk(keys)
    return [relations[key] for key in keys]

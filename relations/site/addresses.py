"""Reading the two countries out of a pair page's address."""

from django.http import Http404

from relations.models import Country, Relation


def splits(pair):
    """Return every way to read `congo-dr-congo` as two names: at each hyphen once."""
    words = pair.split("-")
    return [("-".join(words[:cut]), "-".join(words[cut:])) for cut in range(1, len(words))]


def find_relation(pair):
    """Return the relation that an address names by slugs or ISO codes, in either order.

    Raises Http404 if the words are not two known countries, or nothing public joins them.
    """
    ways = splits(pair)
    names = {name for way in ways for name in way}
    known = {}
    for country in Country.objects.with_slugs(*names):
        known[country.slug] = known[country.code.lower()] = country
    for one, other in ways:
        if one in known and other in known and known[one] != known[other]:
            pages = Relation.objects.between(known[one], known[other]).with_page().with_countries()
            if relation := pages.first():
                return relation
    raise Http404("These words do not name two countries with a page.")

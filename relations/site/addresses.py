"""Reading the two countries out of a pair page's address."""

from django.http import Http404

from relations.dates import oldest_first
from relations.models import Country, Relation, RelationLevel
from relations.publishing.past import with_past

# Two slugs and the hyphen between them.
LONGEST = 2 * Country._meta.get_field("slug").max_length + 1


def splits(pair):
    """Return every way to read `congo-dr-congo` as two names: at each hyphen once."""
    words = pair.split("-")
    return [("-".join(words[:cut]), "-".join(words[cut:])) for cut in range(1, len(words))]


def find_relation(pair):
    """Return the relation that an address names by slugs or ISO codes, in either order.

    Raises Http404 if the words are not two known countries, or nothing public joins them.
    """
    ways = splits(pair.lower()) if len(pair) <= LONGEST else []
    names = {name for way in ways for name in way}
    countries = Country.objects.with_slugs(*names).values("pk")
    pages = Relation.objects.with_page().filter(country_a__in=countries, country_b__in=countries)
    levels = with_past(RelationLevel.objects.published()).select_related("basis")
    levels = levels.order_by(*oldest_first("start"), "pk")
    for relation in with_past(pages.for_page()).nesting(levels=levels):
        if any(is_named(relation, way) for way in ways):
            return relation
    raise Http404("These words do not name two countries with a page.")


def is_named(relation, names):
    """Whether two names, slugs or codes, stand for the two countries of the relation."""
    one, other = ({country.slug, country.code.lower()} for country in relation.countries)
    first, second = names
    return (first in one and second in other) or (first in other and second in one)

"""Public content in a line each: the factories' things with parties, sectors and sources named in a word."""

from relations import models
from relations.models import RecordParty, RecordSector
from tests.factories import country, relation, sector

# What a kind cannot be saved without.
OF_KIND = {
    models.Agreement: {"instrument": "treaty"},
    models.Milestone: {"type": "other"},
    models.Event: {"type": "fair"},
}


def organisation(ref="socar", **values):
    return models.Organisation.objects.create(
        ref=ref, **{"kind": "company", "name_en": ref.upper(), **values}
    )


def person(name="Ilham Aliyev", **values):
    return models.Person.objects.create(name_en=name, **values)


def source(publisher="Ministry", **values):
    return models.Source.objects.create(
        publisher_en=publisher, **{"title_en": f"Page of {publisher}", **values}
    )


def record(model=models.Event, countries="AZ GE", sectors="", roles=(), sources=(), public=True, **values):
    """Enter a record with parties and sectors, both named in one string; the first sector is the main one."""
    known = {"title_en": f"A {model.own_kind}", **OF_KIND.get(model, {}), **values}
    made = model.objects.create(is_public=public, **known)
    roles = dict(roles)
    for position, code in enumerate(countries.split()):
        role = roles.get(code, RecordParty.Role.PARTICIPANT)
        RecordParty.objects.create(record=made, country=country(code), role=role, position=position)
    for position, slug in enumerate(sectors.split()):
        RecordSector.objects.create(record=made, sector=sector(slug), is_main=not position)
    cite(made, *sources, as_="record")
    return made


def agreement(**values):
    return record(models.Agreement, **values)


def project(*statuses, **values):
    """Enter a project with its statuses, each (status, from, as of)."""
    made = record(models.Project, **values)
    for position, (status, start, as_of) in enumerate(statuses):
        made.statuses.create(status=status, start=start, as_of=as_of, position=position)
    return made


def visit(visitor="AZ", host="GE", **values):
    roles = {visitor: RecordParty.Role.VISITOR, host: RecordParty.Role.HOST}
    return record(models.Visit, countries=f"{visitor} {host}", roles=roles, **values)


def indicator(slug="trade-turnover", **values):
    known = {"name_en": slug.replace("-", " ").capitalize(), "unit": "USD", **values}
    known.setdefault("sector", sector("trade", position=10))
    return models.Indicator.objects.get_or_create(slug=slug, defaults=known)[0]


def figure(period="2010", value="708.1", public=True, sources=(), **values):
    known = {"unit": "USD", "scale": 6, "direction": "turnover", **values}
    if "indicator" not in known:
        known["indicator"] = indicator()
    if "relation" not in known:
        known["relation"] = relation()
    made = models.Observation.objects.create(period=period, value=value, is_public=public, **known)
    made.refresh_from_db()
    return cite(made, *sources, as_="observation")


def mission(sending="AZ", receiving="GE", public=True, sources=(), **values):
    made = models.Mission.objects.create(
        sending=country(sending), receiving=country(receiving), is_public=public, **values
    )
    return cite(made, *sources, as_="mission")


def sector_text(slug="energy", body="<p>Gas and oil.</p>", public=True, sources=(), **values):
    known = {"relation": relation(), "sector": sector(slug), "body_en": body, **values}
    made = models.SectorText.objects.create(is_public=public, **known)
    return cite(made, *sources, as_="sector_text")


def cite(thing, *sources, as_, **values):
    for one in sources:
        models.Citation.objects.create(source=one, **{as_: thing}, **values)
    return thing

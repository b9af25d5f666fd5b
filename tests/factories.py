"""One factory for each model: the least that is valid, with fixed dates; give what a test is about.

Texts are given by column (`title_en=`), so that a factory means the same in whatever language is active.
"""

import base64
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from relations import models
from relations.models.publication import type_of

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
NAMES = {
    "AZ": ("azerbaijan", "Azerbaijan", "აზერბაიჯანი"),
    "GE": ("georgia", "Georgia", "საქართველო"),
    "HU": ("hungary", "Hungary", "უნგრეთი"),
    "KZ": ("kazakhstan", "Kazakhstan", "ყაზახეთი"),
    "RO": ("romania", "Romania", "რუმინეთი"),
    "TJ": ("tajikistan", "Tajikistan", "ტაჯიკეთი"),
    "TR": ("turkiye", "Türkiye", "თურქეთი"),
    "UZ": ("uzbekistan", "Uzbekistan", "უზბეკეთი"),
}


def country(code="AZ", **fields):
    """The country with the code, entered when it is first asked for."""
    slug, name, georgian = NAMES.get(code, (code.lower(), code, ""))
    defaults = {"slug": slug, "name_en": name, "name_ka": georgian, **fields}
    return models.Country.objects.get_or_create(code=code, defaults=defaults)[0]


def sector(slug="energy", **fields):
    defaults = {"name_en": slug.capitalize(), **fields}
    return models.Sector.objects.get_or_create(slug=slug, defaults=defaults)[0]


def indicator(slug="trade-turnover", **fields):
    defaults = {"name_en": "Trade turnover", "unit": "USD", **fields}
    defaults.setdefault("sector", sector("trade"))
    return models.Indicator.objects.get_or_create(slug=slug, defaults=defaults)[0]


def organisation(**fields):
    defaults = {"kind": models.Organisation.Kind.COMPANY, "name_en": "SOCAR"}
    return models.Organisation.objects.create(**defaults | fields)


def person(**fields):
    return models.Person.objects.create(**{"name_en": "Nino Beridze"} | fields)


def appointment(**fields):
    fields.setdefault("person", None)
    fields["person"] = fields["person"] or person()
    return models.Appointment.objects.create(**{"office_en": "Minister", "start": "2009-02-01"} | fields)


def source(**fields):
    defaults = {
        "publisher_en": "Ministry of Foreign Affairs",
        "title_en": "Press release",
        "published": "2010-09-15",
    }
    return models.Source.objects.create(**defaults | fields)


def image(**fields):
    defaults = {
        "file": SimpleUploadedFile("picture.png", PNG, "image/png"),
        "alt_en": "Two ministers shake hands",
        "credit_en": "Press service",
        "licence": "CC BY 4.0",
    }
    return models.Image.objects.create(**defaults | fields)


def relation(one="AZ", other="GE", **fields):
    """The relation of two countries, given by code; entered when it is first asked for."""
    found = models.Relation.objects.join(country(one), country(other))
    for name, value in fields.items():
        setattr(found, name, value)
    found.save()
    return found


def relation_link(**fields):
    defaults = {"url": "https://example.org/", "label_en": "Ministry"}
    fields.setdefault("relation", None)
    fields["relation"] = fields["relation"] or relation()
    return models.RelationLink.objects.create(**defaults | fields)


def level(**fields):
    defaults = {"level": models.RelationLevel.Level.DIPLOMATIC, "start": "1992-11-18"}
    fields.setdefault("relation", None)
    fields["relation"] = fields["relation"] or relation()
    return models.RelationLevel.objects.create(**defaults | fields)


def sector_text(**fields):
    defaults = {"title_en": "Energy", "body_en": "<p>Gas flows.</p>", "as_of": "2011"}
    fields.setdefault("relation", None)
    fields["relation"] = fields["relation"] or relation()
    fields.setdefault("sector", None)
    fields["sector"] = fields["sector"] or sector()
    return models.SectorText.objects.create(**defaults | fields)


def filed(record, countries, main_sector):
    """Give a record its parties and its main sector."""
    for position, code in enumerate(countries, start=1):
        party(record, country=country(code), position=position)
    models.RecordSector.objects.create(record=record, sector=sector(main_sector), is_main=True)
    return record


def visit(countries=("AZ", "GE"), main_sector="energy", **fields):
    defaults = {"title_en": "Visit to Tbilisi", "date": "2010-09-14", "level": models.Visit.Level.OFFICIAL}
    return filed(models.Visit.objects.create(**defaults | fields), countries, main_sector)


def meeting(countries=("AZ", "GE"), main_sector="energy", **fields):
    defaults = {"title_en": "Meeting of ministers", "date": "2011-01-25"}
    return filed(models.Meeting.objects.create(**defaults | fields), countries, main_sector)


def agreement(countries=("AZ", "GE"), main_sector="energy", **fields):
    defaults = {
        "title_en": "Agreement on transit",
        "date": "1993-02-03",
        "instrument": models.Agreement.Instrument.AGREEMENT,
    }
    return filed(models.Agreement.objects.create(**defaults | fields), countries, main_sector)


def project(countries=("AZ", "GE"), main_sector="energy", **fields):
    defaults = {"title_en": "Gas pipeline", "date": "2006"}
    return filed(models.Project.objects.create(**defaults | fields), countries, main_sector)


def milestone(countries=("AZ", "GE"), main_sector="politics", **fields):
    defaults = {
        "title_en": "Diplomatic relations established",
        "date": "1992-11-18",
        "type": models.Milestone.Type.RELATIONS,
    }
    return filed(models.Milestone.objects.create(**defaults | fields), countries, main_sector)


def event(countries=("AZ", "GE"), main_sector="culture", **fields):
    defaults = {"title_en": "Days of culture", "date": "2010-05", "type": models.Event.Type.CULTURE_DAYS}
    return filed(models.Event.objects.create(**defaults | fields), countries, main_sector)


def statement(countries=("AZ", "GE"), main_sector="politics", **fields):
    defaults = {"title_en": "Statement on transit", "date": "2010-04-12", "quotation_en": "We agree."}
    return filed(models.Statement.objects.create(**defaults | fields), countries, main_sector)


def record(kind="visit", **fields):
    """A record of any kind, by the kind's name."""
    return globals()[kind](**fields)


def party(record, **fields):
    if not fields.get("organisation"):
        fields.setdefault("country", country())
    return models.RecordParty.objects.create(record=record, **fields)


def record_person(record, **fields):
    defaults = {"office_en": "Minister", "role": models.RecordPerson.Role.HEAD}
    fields.setdefault("person", None)
    fields["person"] = fields["person"] or person()
    return models.RecordPerson.objects.create(record=record, **defaults | fields)


def record_link(record, to, **fields):
    return models.RecordLink.objects.create(record=record, to=to, **fields)


def attachment(record, **fields):
    defaults = {"file": SimpleUploadedFile("text.pdf", b"%PDF-1.4\n%%EOF\n"), "title_en": "Text"}
    return models.Attachment.objects.create(record=record, **defaults | fields)


def session(meeting, **fields):
    return models.MeetingSession.objects.create(meeting=meeting, **{"ordinal": 10} | fields)


def act(agreement, **fields):
    defaults = {"act": models.AgreementAct.Act.RATIFIED, "taken": "1994-05-12"}
    if not fields.get("organisation"):
        fields.setdefault("country", country())
    return models.AgreementAct.objects.create(agreement=agreement, **defaults | fields)


def status(project, **fields):
    defaults = {"status": models.ProjectStatus.Status.AGREED, "start": "2006"}
    return models.ProjectStatus.objects.create(project=project, **defaults | fields)


def value(project, **fields):
    defaults = {"label_en": "Length", "value": Decimal(692), "unit_en": "km"}
    return models.ProjectValue.objects.create(project=project, **defaults | fields)


def citation(on, **fields):
    """A source cited on a record, text, figure, mission, level, membership or relation."""
    fields.setdefault("source", None)
    fields["source"] = fields["source"] or source()
    name = "record" if isinstance(on, models.Record) else CITED_AS[type(on)]
    return models.Citation.objects.create(**{name: on}, **fields)


CITED_AS = {
    models.SectorText: "sector_text",
    models.Observation: "observation",
    models.Mission: "mission",
    models.RelationLevel: "level",
    models.Membership: "membership",
    models.Relation: "relation",
}


def mission(sending="AZ", receiving="GE", **fields):
    defaults = {"city_en": "Tbilisi", "opened": "1993-02-03"}
    sides = {"sending": country(sending), "receiving": country(receiving)}
    return models.Mission.objects.create(**defaults | sides | fields)


def observation(period="2010", value="708.1", **fields):
    """Trade turnover of Azerbaijan and Georgia in millions of dollars, as Georgia counts it."""
    fields.setdefault("indicator", None)
    fields["indicator"] = fields["indicator"] or indicator()
    fields.setdefault("relation", None)
    fields["relation"] = fields["relation"] or relation()
    fields.setdefault("reporter", country("GE"))
    defaults = {"period": period, "value": Decimal(value), "unit": "USD", "scale": 6}
    return models.Observation.objects.create(**defaults | fields)


def earlier_value(observation, **fields):
    defaults = {"value": Decimal("700.5"), "stated": "2011-02"}
    return models.EarlierValue.objects.create(observation=observation, **defaults | fields)


def membership(**fields):
    defaults = {"start": "1997-10-10"}
    if not fields.get("organisation"):
        kind = models.Organisation.Kind.INTERNATIONAL
        fields["organisation"] = organisation(name_en="GUAM", kind=kind)
    fields.setdefault("country", country("GE"))
    return models.Membership.objects.create(**defaults | fields)


def notice(**fields):
    return models.Notice.objects.create(**{"text_en": "The site moves on Monday."} | fields)


def page(slug="about", **fields):
    defaults = {"title_en": "About", "body_en": "<p>About this site.</p>"}
    return models.Page.objects.create(slug=slug, **defaults | fields)


def release_set(**fields):
    return models.ReleaseSet.objects.create(**{"name": "Summit"} | fields)


def deletion(**fields):
    """A deletion of something that is not there any more."""
    fields = {"title": "Visit to Tbilisi", "rows": [], "object_id": 1} | fields
    return models.Deletion.objects.create(content_type=type_of(models.Record()), **fields)

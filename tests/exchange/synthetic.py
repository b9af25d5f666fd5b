"""A bundle of any size with realistic proportions, the same bytes for the same arguments.

python -m tests.exchange.synthetic 100000 > bundle.jsonl
"""

import json
import random
import sys

LANGUAGES = ["en", "az", "ka", "ru", "uz", "tg"]
CODES = "AZ GE UZ TJ TM KZ KG TR RO HU IT JP CN IN DE FR GB US UA MD BG GR PL LT LV EE CZ SK AT CH"
SECTORS = "energy transport trade agriculture tourism education health culture environment finance"
WORDS = {
    "en": "agreement cooperation railway corridor delegation minister session transit investment joint",
    "az": "saziş əməkdaşlıq dəmir yolu dəhlizi nümayəndə heyəti nazir iclas tranzit sərmayə və birgə",
    "ka": "შეთანხმება თანამშრომლობა რკინიგზა დერეფანი დელეგაცია მინისტრი სხდომა ტრანზიტი ინვესტიცია და",
    "ru": "соглашение сотрудничество железная дорога коридор делегация министр заседание транзит инвестиции",
    "uz": "kelishuv hamkorlik temir yoʻl yoʻlagi delegatsiya vazir majlis tranzit sarmoya va qoʻshma",
    "tg": "созишнома ҳамкорӣ роҳи оҳан долон ҳайат вазир ҷаласа транзит сармоягузорӣ ва муштарак",
}
CODES, SECTORS = CODES.split(), SECTORS.split()
KINDS = {
    "visit": {"level": "official"},
    "meeting": {"format": "bilateral"},
    "agreement": {"instrument": "memorandum", "term_years": 5},
    "project": {"statuses": [{"status": "agreed", "from": "2010"}]},
    "milestone": {"type": "first"},
    "event": {"type": "forum"},
    "statement": {"spoken_language": "ru"},
}


def texts(chance, words):
    return {code: " ".join(chance.choices(WORDS[code].split(), k=words)).capitalize() for code in LANGUAGES}


def same(text):
    return dict.fromkeys(LANGUAGES, text)


def lines(records, seed=1):
    """Countries, sectors, sources, and then so many records of two to three parties."""
    chance = random.Random(seed)  # noqa: S311
    for code in CODES:
        name = f"Country {code}"
        yield {"type": "country", "code": code, "slug": f"country-{code.lower()}", "name": same(name)}
    for number, slug in enumerate(SECTORS):
        yield {"type": "sector", "slug": slug, "name": same(slug.capitalize()), "position": number}
    sources = max(10, records // 20)
    for number in range(sources):
        yield {
            "type": "source",
            "ref": f"source-{number}",
            "publisher": texts(chance, 3),
            "title": texts(chance, 8),
            "language": "en",
            "url": f"https://example.org/news/{number}",
        }
    for number in range(records):
        yield record(chance, number, sources)


def record(chance, number, sources):
    kind = chance.choice(list(KINDS))
    countries = chance.sample(CODES, chance.choice([2, 2, 2, 3]))
    return {
        "type": "record",
        "ref": f"record-{number}",
        "kind": kind,
        "date": f"{chance.randint(1991, 2026)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
        "title": texts(chance, 8),
        "summary": texts(chance, 30),
        "original_language": "en",
        "sectors": chance.sample(SECTORS, 2),
        "parties": [{"country": code, "role": "participant"} for code in countries],
        "sources": [f"source-{chance.randrange(sources)}"],
        "details": KINDS[kind],
    }


def write(stream, records):
    for line in lines(records):
        stream.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    write(sys.stdout, int(sys.argv[1]))

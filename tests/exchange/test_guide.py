"""The field guide says what the definitions say."""

from django.conf import settings

from relations.exchange.formats import DEFINITIONS
from relations.exchange.guide import guide


def test_guide_is_up_to_date():
    written = (settings.BASE_DIR / "docs" / "bundle.md").read_text(encoding="utf-8")

    assert written == guide(), "Run manage.py bundle_guide"


def test_guide_names_every_field():
    written = guide()

    for definition in DEFINITIONS.values():
        assert f"### {definition.name}\n" in written
        for shape in definition.shapes:
            for field in shape.every_field():
                assert field.hidden or f"| `{field.name}` |" in written

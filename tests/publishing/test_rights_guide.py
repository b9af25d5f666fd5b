"""The guide to rights says what the table grants, and the groups have what it grants."""

from django.conf import settings

from relations.publishing.guide import guide
from relations.publishing.rights import Role, permissions_of


def test_guide_is_up_to_date():
    written = (settings.BASE_DIR / "docs" / "rights.md").read_text(encoding="utf-8")

    assert written == guide(), "Run manage.py rights_guide"


def test_groups_have_what_the_table_grants(roles):
    for role in Role:
        granted = roles[role].permissions.values_list("content_type__app_label", "codename")
        assert set(granted) == permissions_of(role)

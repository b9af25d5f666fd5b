from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

from relations.publishing.rights import Role, set_up_groups


def make_groups(apps, schema_editor):
    # Django makes permissions after all migrations; the groups need them now.
    for label in ("auth", "relations"):
        create_permissions(installed.get_app_config(label), verbosity=0, using=schema_editor.connection.alias)
    set_up_groups(apps.get_model("auth", "Group"), apps.get_model("auth", "Permission"))


def remove_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=Role.values).delete()


class Migration(migrations.Migration):
    """A group for each role, with the permissions of the table in publishing/rights.py."""

    dependencies = [("relations", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [migrations.RunPython(make_groups, remove_groups)]

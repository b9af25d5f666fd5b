from django.db import migrations

AUDIT = "An entry of the audit log is never changed or deleted."
REVISION = "What was once public is kept as it was."

# Each rule: its name, the table, what it refuses, when, and what it says.
RULES = (
    ("auditentry_never_changed", "relations_auditentry", "UPDATE", "", AUDIT),
    ("auditentry_never_deleted", "relations_auditentry", "DELETE", "", AUDIT),
    (
        "revision_never_changed",
        "relations_revision",
        "UPDATE OF document",
        "OLD.major IS NOT NULL AND OLD.document {is_not} NEW.document",
        REVISION,
    ),
    ("revision_never_deleted", "relations_revision", "DELETE", "OLD.major IS NOT NULL", REVISION),
)
FUNCTION = """
    CREATE FUNCTION relations_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
    END $$
"""


def statements(vendor):
    """Return what makes the rules in a kind of database."""
    if vendor == "postgresql":
        yield FUNCTION
    for name, table, refused, condition, says in RULES:
        head = f"CREATE TRIGGER {name} BEFORE {refused} ON {table} FOR EACH ROW"
        if vendor == "postgresql":
            when = f"WHEN ({condition.format(is_not='IS DISTINCT FROM')})" if condition else ""
            yield f"{head} {when} EXECUTE FUNCTION relations_refuse('{says}')"
        else:
            when = f"WHEN {condition.format(is_not='IS NOT')}" if condition else ""
            yield f"{head} {when} BEGIN SELECT RAISE(ABORT, '{says}'); END"


def make_rules(apps, schema_editor):
    for statement in statements(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def remove_rules(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for name, table, *_rule in RULES:
        on_table = f" ON {table}" if vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER {name}{on_table}", params=None)
    if vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION relations_refuse()", params=None)


class Migration(migrations.Migration):
    """The database itself keeps the audit log, and what visitors once saw, as they are.

    SQLite loses the rules of a table whenever a migration writes it anew: such a migration makes them again.
    """

    dependencies = [("relations", "0002_roles")]

    operations = [migrations.RunPython(make_rules, remove_rules)]

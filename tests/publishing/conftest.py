import pytest


@pytest.fixture
def roles(db):
    """The groups of the table of rights, also where a test emptied the database before."""
    # pytest reads this file before Django is set up.
    from django.contrib.auth.models import Group, Permission

    from relations.publishing.rights import set_up_groups

    set_up_groups(Group, Permission)
    return {group.name: group for group in Group.objects.all()}


@pytest.fixture
def staff(roles, django_user_model):
    """Make a member of staff with a role: staff("author")."""

    def make(role, username=None):
        name = username or role
        user = django_user_model.objects.create_user(
            name, f"{name}@example.org", "a long pass phrase", is_staff=True
        )
        user.groups.add(roles[role])
        return user

    return make


@pytest.fixture
def author(staff):
    return staff("author")


@pytest.fixture
def editor(staff):
    return staff("editor")


@pytest.fixture
def administrator(staff):
    return staff("administrator")

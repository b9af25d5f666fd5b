import pytest


@pytest.fixture
def editor(db, django_user_model):
    """Somebody who may do everything in the admin."""
    return django_user_model.objects.create_superuser("editor", "editor@example.org", "a long pass phrase")


@pytest.fixture
def desk(client, editor):
    """A browser in which the editor is signed in."""
    client.force_login(editor)
    return client


@pytest.fixture
def clerk(client, db, django_user_model):
    """A browser of somebody on the staff without any rights."""
    user = django_user_model.objects.create_user("clerk", password="a long pass phrase", is_staff=True)
    client.force_login(user)
    client.user = user
    return client

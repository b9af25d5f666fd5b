"""What a figure must be, beyond what its columns hold."""

import pytest
from django.core.exceptions import ValidationError

from . import making

pytestmark = pytest.mark.django_db


def test_a_reporter_that_is_neither_of_the_two_is_refused():
    figure = making.figure(reporter=making.country("TR"))

    with pytest.raises(ValidationError) as refused:
        figure.full_clean()

    assert set(refused.value.message_dict) == {"reporter"}


@pytest.mark.parametrize("code", ["AZ", "GE", None])
def test_a_reporter_that_is_one_of_the_two_or_not_known_is_accepted(code):
    making.figure(reporter=code and making.country(code)).full_clean()


@pytest.mark.parametrize("scale", [-16, 16, 32767])
def test_a_power_of_ten_that_nothing_is_counted_in_is_refused(scale):
    figure = making.figure(scale=scale)

    with pytest.raises(ValidationError) as refused:
        figure.full_clean()

    assert set(refused.value.message_dict) == {"scale"}

"""A page of a list knows how many there are in all, and asks the database once."""

import pytest
from django.core.paginator import EmptyPage

from relations.models import Record
from relations.site.paging import OneQueryPaginator
from tests.models import making

pytestmark = pytest.mark.django_db


def listed():
    return Record.objects.filter(sectors__slug__in=["energy"]).order_by("pk")


def test_a_page_knows_the_number_of_all(django_assert_num_queries):
    for _number in range(3):
        making.record(sectors="energy trade")

    with django_assert_num_queries(1):
        page = OneQueryPaginator(listed(), 2).page(2)
        found = (page.paginator.count, len(page.object_list), page.has_next(), page.has_previous())

    assert found == (3, 1, False, True)


def test_an_empty_list_has_one_empty_page():
    paginator = OneQueryPaginator(listed(), 2)

    assert (list(paginator.page(1)), paginator.count) == ([], 0)
    with pytest.raises(EmptyPage):
        paginator.page(2)

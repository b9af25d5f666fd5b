"""A page of a list with the number of all that is listed, in one query."""

from django.core.paginator import EmptyPage, Paginator
from django.db.models import Count, Subquery, Value

PER_PAGE = 50


class OneQueryPaginator(Paginator):
    """A paginator that learns from the rows of a page how many there are on all pages."""

    def page(self, number):
        """Return a page by its number, from 1. Raises EmptyPage where nothing is listed so far down."""
        first = (number - 1) * self.per_page
        rows = list(self.object_list.annotate(total=total(self.object_list))[first : first + self.per_page])
        if not rows and number > 1:
            raise EmptyPage("There is nothing on this page.")
        self.count = rows[0].total if rows else 0
        return self._get_page(rows, number, self)


def total(queryset):
    """Return the number of a query's rows as a column, which the database works out once."""
    counted = queryset.order_by().annotate(everything=Value(1)).values("everything")
    return Subquery(counted.annotate(total=Count("pk")).values("total"))

"""What orders and accompanies the content: sectors, notices, pages about the site itself."""

from relations.models import Notice, Page, Sector

from .. import rules
from ..definition import Definition
from .plain import plain, settled

SECTOR = Definition(
    "sector",
    Sector,
    [
        *map(settled, plain(Sector, "slug")),
        *plain(Sector, "name", "description", "position", "colour", "retired:is_retired"),
    ],
)

NOTICE = Definition(
    "notice",
    Notice,
    plain(Notice, "text", "tone", "relation", "starts", "ends"),
    rules=[rules.moments_in_order("starts", "ends")],
)

PAGE = Definition(
    "page",
    Page,
    [*map(settled, plain(Page, "slug")), *plain(Page, "title", "body", "original_language", "position")],
)

"""References of records that were merged into others: a line that uses one means the other record."""

from relations.models import FormerRef, Record


class Merged:
    """Former references and those that took their place, but for any that a record has again."""

    def __init__(self):
        former = FormerRef.objects.exclude(ref__in=Record.objects.values("ref"))
        self.now = dict(former.values_list("ref", "record__ref"))

    def renew(self, definition, document) -> str:
        """Let the document speak of the records there are; return the former reference it was known by."""
        if not self.now:
            return ""
        for target, key, path, _later in list(definition.shape_of(document).mentions(document)):
            if target is Record and key in self.now:
                *steps, name = path
                place = document
                for step in steps:
                    place = place[step]
                place[name] = self.now[key]
        former = document.get("ref")
        if definition.model is not Record or former not in self.now:
            return ""
        document["ref"] = self.now[former]
        # The identifier of the record that is no more.
        document.pop("uuid", None)
        return former

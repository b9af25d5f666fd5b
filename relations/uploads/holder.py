"""What a model with uploads promises."""

from django.db import models, transaction


class FileHolder(models.Model):
    """A row with uploaded files. Its manager says `with_public_file()`: whose files visitors may have."""

    class Meta:
        abstract = True

    @transaction.atomic
    def save(self, *args, **kwargs):
        # A row that the database refuses must take its files along, also where nobody opened a transaction.
        super().save(*args, **kwargs)

    @property
    def file_title(self):
        """What a reader's copy of the file is called."""
        return str(self)

"""Form fields for uploads: what they give back is clean, or their error says what to do."""

from django import forms

from .documents import clean_document
from .pictures import clean_picture


class StoredLink:
    """A stored file in a staff form: leads to where staff may see it, public or not."""

    def __init__(self, file):
        self.url = file.staff_url
        self.label = file.shown_name

    def __str__(self):
        return self.label


class UploadFormField(forms.FileField):
    accepted = ""

    @staticmethod
    def cleaned(file):
        raise NotImplementedError

    def to_python(self, data):
        file = super().to_python(data)
        return file and self.cleaned(file)

    def prepare_value(self, value):
        return StoredLink(value) if value and hasattr(value, "staff_url") else value

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "accept": self.accepted}


class PictureFormField(UploadFormField):
    accepted = "image/png,image/jpeg,image/webp,image/avif"
    cleaned = staticmethod(clean_picture)


class DocumentFormField(UploadFormField):
    accepted = "application/pdf"
    cleaned = staticmethod(clean_document)

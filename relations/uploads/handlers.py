"""What happens to a file while it is still arriving."""

from django.core.files.uploadhandler import FileUploadHandler

from .documents import MOST_BYTES

# A little more than any file may have, so that the form can still say that it is too large.
MOST_RECEIVED = MOST_BYTES + 1024**2


class LimitingUploadHandler(FileUploadHandler):
    """Let go of what a file has beyond every limit, instead of filling the disk with it."""

    def receive_data_chunk(self, raw_data, start):
        return raw_data if start < MOST_RECEIVED else None

    def file_complete(self, file_size):
        return None

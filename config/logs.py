"""Two ways to write a log line: for a person at a terminal, and for a machine that collects logs."""

import json
import logging
import re
import time

# A visitor's path or header must not be able to begin a line of its own or move a terminal's cursor.
CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def escape(text: str) -> str:
    return CONTROL_CHARACTERS.sub(lambda match: f"\\x{ord(match[0]):02x}", text)


class TextFormatter(logging.Formatter):
    """One line in UTC; a traceback follows on lines of its own."""

    converter = time.gmtime

    def __init__(self):
        super().__init__("{asctime}Z {levelname} {name}: {message}", "%Y-%m-%dT%H:%M:%S", "{")

    def formatMessage(self, record):
        return escape(super().formatMessage(record))


class JsonFormatter(logging.Formatter):
    """One JSON object a line, times in UTC."""

    converter = time.gmtime

    def format(self, record):
        line = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%SZ"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)

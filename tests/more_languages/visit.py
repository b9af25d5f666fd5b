"""Ask the site for pages and print what came: [[status, body]], as JSON."""

import json
import sys

import django

django.setup()

from django.test import Client  # noqa: E402

client = Client(headers={"host": "testserver"})
answers = [client.get(address) for address in sys.argv[1:]]
json.dump([[answer.status_code, answer.content.decode()] for answer in answers], sys.stdout)

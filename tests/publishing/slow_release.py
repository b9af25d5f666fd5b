"""A run of what is due that takes its time with each thing, so that a test can kill it half way."""

import os
import sys
import time

import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE"]
django.setup()

from relations.publishing import acts, due  # noqa: E402

make_public = acts.make_public


def slowly(user, revision, thing):
    make_public(user, revision, thing)
    sys.stdout.write("one\n")
    sys.stdout.flush()
    time.sleep(float(os.environ["TEST_PAUSE"]))


acts.make_public = slowly
due.do_what_is_due()

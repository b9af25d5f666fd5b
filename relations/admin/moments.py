"""Moments that staff appoint: typed as their clocks show them, kept in UTC, and never guessed."""

from datetime import UTC, datetime

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.utils.formats import date_format, time_format
from django.utils.timezone import get_current_timezone, get_current_timezone_name, localtime, now
from django.utils.translation import gettext as _

# Asked only where the clocks show the same time twice.
WHICH = "which"


def readings(typed: datetime, zone) -> list[datetime]:
    """Return the moments, in UTC, at which clocks of the zone show a time: one, none or two.

    When clocks are set forward they skip an hour, and when they are set back they show one twice.
    """
    try:
        moments = {typed.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
        return sorted(moment for moment in moments if moment.astimezone(zone).replace(tzinfo=None) == typed)
    except OverflowError:
        # In the first or the last hours of the calendar.
        return []


def in_words(moment: datetime) -> str:
    """Return a moment in the zone of the staff, and in UTC."""
    words = {
        "moment": date_format(localtime(moment), "DATETIME_FORMAT"),
        "zone": localtime(moment).tzname(),
        "utc": date_format(moment.astimezone(UTC), "DATETIME_FORMAT"),
    }
    return _("%(moment)s %(zone)s (%(utc)s UTC)") % words


class MomentField(forms.SplitDateTimeField):
    """A date and a time in the zone of the staff, which is said beside it; its form finds out the moment."""

    def __init__(self, **options):
        super().__init__(widget=AdminSplitDateTime, **options)

    def compress(self, data_list):
        given = [one for one in data_list if one not in self.empty_values]
        if data_list and len(given) < len(data_list):
            raise forms.ValidationError(_("Give both the date and the time."))
        return datetime.combine(*given) if given else None

    def get_bound_field(self, form, field_name):
        words = {
            "zone": get_current_timezone_name(),
            "time": time_format(localtime(now()), "TIME_FORMAT"),
            "utc": time_format(now().astimezone(UTC), "TIME_FORMAT"),
        }
        self.help_text = _("Time zone: %(zone)s. There it is %(time)s now, and %(utc)s in UTC.") % words
        return super().get_bound_field(form, field_name)


class AppointingForm(forms.Form):
    """A form with one moment. A time that clocks skip is refused; of one that comes twice it asks which."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.data.get(WHICH):
            self.ask_which([])

    def clean(self):
        cleaned = super().clean()
        which = cleaned.pop(WHICH, "")
        name = next(name for name, field in self.fields.items() if isinstance(field, MomentField))
        if cleaned.get(name):
            cleaned[name] = self.moment(name, cleaned[name], which)
        return cleaned

    def moment(self, name, typed, which):
        """Return the moment that was meant, or None with an error on the form."""
        found = readings(typed, get_current_timezone())
        if not found:
            self.add_error(name, _("There is no such time: the clocks are set forward then. Choose another."))
            return None
        if len(found) == 1:
            return found[0]
        self.ask_which(found)
        if which in ("0", "1"):
            return found[int(which)]
        self.add_error(
            name, _("The clocks are set back then, and show this time twice. Choose which is meant.")
        )
        return None

    def ask_which(self, moments):
        choices = [(str(number), in_words(moment)) for number, moment in enumerate(moments)]
        self.fields[WHICH] = forms.ChoiceField(
            label=_("Which of the two"),
            required=False,
            widget=forms.RadioSelect,
            choices=choices or [("0", "0"), ("1", "1")],
        )

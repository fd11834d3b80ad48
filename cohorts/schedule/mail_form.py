from django import forms

from cohorts.models import MailPreferences


class MailForm(forms.ModelForm[MailPreferences]):
    class Meta:
        model = MailPreferences
        fields = ["announcements", "reminders", "replies", "grades"]

"""How the administration introduces itself."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

admin.site.site_header = admin.site.site_title = _("Cairn administration")
admin.site.index_title = _("What would you like to edit?")

// Sign-up takes the time zone from the browser; without this script it is UTC until someone chooses.
for (const field of document.querySelectorAll('input[type="hidden"][name="time_zone"]')) {
  field.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone || "";
}

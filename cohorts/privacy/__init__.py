"""What classes keep about a person: their own, what they said, and what they did for others."""

from accounts.privacy import register
from cohorts.privacy import erasing  # noqa: F401  (what goes with an account)
from cohorts.privacy.deeds import DEEDS
from cohorts.privacy.own import OWN
from cohorts.privacy.written import WRITTEN

register(*OWN, *WRITTEN, *DEEDS)

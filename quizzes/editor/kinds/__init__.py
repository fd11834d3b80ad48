"""The form of each kind of question, by the kind's name."""

from quizzes.editor.kinds.base import KindForm
from quizzes.editor.kinds.blanks import BlanksForm
from quizzes.editor.kinds.boolean import BooleanForm
from quizzes.editor.kinds.choice import MultipleForm, SingleForm
from quizzes.editor.kinds.free import FreeForm
from quizzes.editor.kinds.matching import MatchingForm
from quizzes.editor.kinds.numeric import NumericForm
from quizzes.editor.kinds.ordering import OrderingForm
from quizzes.editor.kinds.text import TextForm

__all__ = ["FORMS", "KindForm"]

FORMS: dict[str, KindForm] = {
    form.name: form
    for form in (
        SingleForm(),
        MultipleForm(),
        BooleanForm(),
        NumericForm(),
        TextForm(),
        OrderingForm(),
        MatchingForm(),
        BlanksForm(),
        FreeForm(),
    )
}

"""A payload as YAML, in the shape of the course's files, and back without loss."""

from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from courses.content.files import Builder
from courses.content.problems import ContentError

LONGEST = 40_000

# One of each kind that is not written in rows.
EXAMPLES = {
    "boolean": 'right: true\nfeedback:\n  "false": Why this is not so.\n',
    "numeric": (
        'value: "6.5"\ntolerance:\n  absolute: "0.1"  # or relative: "0.02"\nunit: GB\n'
        'mistakes:\n- value: "52"\n  feedback: These are gigabits.\n'
    ),
    "text": (
        "accepted:\n- reward model\n- preference model\n"
        'pattern: "(reward|preference) models?"\n'
        "mistakes:\n- text: policy\n  feedback: That is what it teaches.\n"
    ),
    "ordering": (
        "items:  # in the right order\n- id: m\n  text: First\n- id: c\n  text: Second\n"
        "- id: x\n  text: Third\nfeedback: Why in this order.\n"
    ),
    "matching": (
        "left:\n- id: a\n  text: GPTQ\n- id: b\n  text: AWQ\n"
        "right:\n- id: x\n  text: The error of a layer\n- id: y\n  text: The activations\n"
        "key:\n  a: x\n  b: y\nfeedback:\n  b: Why.\n"
    ),
    "blanks": (
        "text: A byte has [[bits]] bits, and is [[sign]].\n"
        'blanks:\n  bits:\n    kind: numeric\n    value: "8"\n'
        "  sign:\n    kind: single  # or text\n    options:\n"
        "    - id: a\n      text: unsigned\n      right: true\n"
        "    - id: b\n      text: signed\n      right: false\n"
    ),
    "free": "model_answer: What a full answer says.\ncriteria:\n- Says why\nlongest: 100\n",
}


# Ends of lines to YAML, which would come back as others.
BREAKS = set("\r\x85\u2028\u2029")


class Dumper(yaml.SafeDumper):
    """Several lines of text stand as they are read."""


def several_lines(dumper: Dumper, text: str) -> yaml.ScalarNode:
    style = '"' if BREAKS & set(text) else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


Dumper.add_representer(str, several_lines)


def dump(payload: object) -> str:
    return yaml.dump(payload, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=96)


def load(text: str) -> Any:
    """Raises ValidationError, with the line, for what is not plain YAML."""
    if len(text) > LONGEST:
        raise ValidationError(_("The text is over %d characters long.") % LONGEST)
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        return Builder(Path(), {}).build(node, ()) if node else None
    except ContentError as error:
        lines = [line.removeprefix(".:") for line in error.lines]
        raise ValidationError(_("Line %s") % " ".join(lines)) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        message = _("Line %(line)d is not YAML: %(problem)s.")
        raise ValidationError(message % {"line": line, "problem": error.problem}) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ValidationError(_("This is not YAML: %s.") % error) from error

"""Reading a roster: a table with a column of addresses, and perhaps names, roles and groups."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from cohorts.people.rows import Collector, ListError, People, Row, tidy
from cohorts.people.tables import Decoded, decode, lines_of

# A column's names, as letters and digits alone. The first is the one in the template.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "email": ("email", "mail", "emailaddress", "mailaddress", "address", "emails", "useremail"),
    "name": ("name", "fullname", "displayname", "student", "studentname", "learner", "listedas"),
    "given": ("givenname", "given", "firstname", "first", "forename", "givennames"),
    "family": ("familyname", "family", "lastname", "last", "surname"),
    "role": ("role", "roles", "classrole"),
    "group": ("group", "groups", "section", "lab", "team", "groupname"),
    "number": ("studentnumber", "number", "studentid", "id", "idnumber", "matriculationnumber"),
}
FIELD_OF = {name: field for field, names in COLUMNS.items() for name in names}
HEADER = ("name", "e-mail", "role", "group", "student number")
ROLES: Mapping[str, tuple[str, ...]] = {
    "learner": ("", "learner", "student", "pupil", "participant"),
    "teacher": ("teacher", "instructor", "lecturer", "faculty", "professor"),
    "assistant": ("assistant", "ta", "teaching assistant", "tutor", "aide"),
    "observer": ("observer", "auditor", "guest"),
}
ROLE_OF = {name: role for role, names in ROLES.items() for name in names}


def read_file(data: bytes) -> People:
    """The people in an uploaded file. Raises ListError where it is no roster at all."""
    return read(decode(data))


def read(decoded: Decoded) -> People:
    """The people in a table: one row each, below a row of column names in any order.

    Columns are known by `COLUMNS`, whatever their case and signs; others are named in the
    remarks. A line that is wrong is rejected, and stops no other. Lines count from 1, the
    column names' among them. Raises ListError without a column of addresses.
    """
    lines = lines_of(decoded.text)
    _line, header = next(lines, (1, []))
    columns = columns_of(header)
    collector = Collector()
    for line, cells in lines:
        take(collector, line, cells, columns)
    return collector.people(*remarks(header, decoded))


def columns_of(header: Sequence[str]) -> dict[str, int]:
    """In which place each field stands."""
    found: dict[str, int] = {}
    for place, name in enumerate(header):
        field = FIELD_OF.get(plain(name))
        if field in found:
            raise ListError(
                _("Two columns could be the same: “%(one)s” and “%(other)s”. Leave one out.")
                % {"one": header[found[field]][:60], "other": name[:60]}
            )
        if field:
            found[field] = place
    if "email" not in found:
        raise ListError(
            _("The first line has to name the columns, and one of them “e-mail”. It says: %(line)s")
            % {"line": ", ".join(header)[:120] or _("nothing")}
        )
    return found


def plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def take(collector: Collector, line: int, cells: Sequence[str], columns: Mapping[str, int]) -> None:
    text = ", ".join(cells)
    said = {field: cells[n] for field, n in columns.items() if n < len(cells)}
    if any("\n" in cell or "\r" in cell for cell in said.values()):
        reason = _("A quotation mark opens here and closes lines later. Take it out.")
        return collector.reject(line, text, reason)
    said = {field: tidy(cell) for field, cell in said.items()}
    role = ROLE_OF.get(said.get("role", "").casefold(), "")
    if not role:
        return collector.reject(line, text, wrong_role(said["role"]))
    whole = said.get("name") or tidy(f"{said.get('given', '')} {said.get('family', '')}")
    row = Row(
        line=line,
        email=said.get("email", "").lower(),
        name=whole,
        role=role,
        group=said.get("group", ""),
        number=said.get("number", ""),
    )
    return collector.take(row, text)


def wrong_role(role: str) -> str:
    if role.casefold() == "owner":
        return _("A class has one owner, who hands it over in its settings.")
    return _("“%(role)s” is no role. Write learner, assistant, observer or teacher.") % {
        "role": role[:40]
    }


def remarks(header: Sequence[str], decoded: Decoded) -> list[str]:
    said = []
    if decoded.guessed:
        said.append(
            _("The file is not in UTF-8; it was read as %(encoding)s. Look at the accents.")
            % {"encoding": decoded.guessed}
        )
    unknown = [name[:60] for name in header if name.strip() and plain(name) not in FIELD_OF]
    if unknown:
        said.append(
            _("Columns that were not read: %(names)s.") % {"names": ", ".join(unknown[:20])}
        )
    return said

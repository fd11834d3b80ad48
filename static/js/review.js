// A review session without reloads, with keys, and with the seconds that a card took.
// Without this file every form posts and every page stands for itself.
"use strict";

(() => {
  const root = () => document.querySelector("[data-review]");

  // How long the card has been looked at, in seconds; time in another window does not count.
  const watch = { card: "", spent: 0, since: 0 };

  function look() {
    const card = document.querySelector("[data-card]")?.dataset.card ?? "";
    if (card === watch.card) return;
    Object.assign(watch, { card, spent: 0, since: performance.now() });
  }

  function seconds() {
    const here = document.hidden ? 0 : performance.now() - watch.since;
    return ((watch.spent + here) / 1000).toFixed(1);
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) watch.spent += performance.now() - watch.since;
    else watch.since = performance.now();
  });

  // Going on: a form is sent, and the page that comes of it takes this one's place.
  let busy = false;

  async function send(form, button) {
    const field = form.querySelector("[name=seconds]");
    if (field) field.value = seconds();
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form, button) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // Signed out, say: the browser goes there by itself.
    if (!page.querySelector("[data-review]")) return location.assign(answer.url);
    if (answer.redirected) history.replaceState(null, "", answer.url);
    show(page);
  }

  function show(page) {
    const known = new Set([...document.head.querySelectorAll("link")].map((link) => link.href));
    for (const link of page.head.querySelectorAll("link[rel=stylesheet]")) {
      if (!known.has(link.href)) document.head.append(document.adoptNode(link));
    }
    for (const part of ["main", "nav.tabs"]) {
      const [old, fresh] = [document, page].map((one) => one.querySelector(part));
      if (old && fresh) old.replaceWith(document.adoptNode(fresh));
    }
    document.title = page.title;
    scrollTo(0, 0);
    begin();
    const places = ["[autofocus]", "[data-card]", "h1"];
    places.map((place) => root().querySelector(place)).find(Boolean)?.focus();
  }

  document.addEventListener("submit", async (event) => {
    if (!event.target.closest("[data-review]")) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    try {
      await send(event.target, event.submitter);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      sayUnreachable();
    } finally {
      busy = false;
    }
  });

  function sayUnreachable() {
    const place = root().querySelector("[data-notice]");
    place.replaceChildren(root().querySelector("template").content.cloneNode(true));
  }

  // The answer, once it is shown, is where one goes on reading.
  document.addEventListener("toggle", (event) => {
    if (event.target.matches(".answer[open]")) event.target.querySelector(".flash-a").focus();
  }, true);

  // Keys: 1 to 4 rate, space shows the answer, U takes back. Never while a field has the focus.
  const FIELDS = "input, select, textarea, [contenteditable]";

  function meant(key) {
    if (/^[1-4]$/.test(key)) return document.querySelector(`.grade[value="${key}"]`);
    if (key === "u" || key === "U") return document.querySelector("[data-undo]");
    return key === " " ? document.querySelector(".answer:not([open]) > summary") : null;
  }

  document.addEventListener("keydown", (event) => {
    if (!root()?.matches("[data-keys]") || event.repeat || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(FIELDS)) return;
    if (event.key === " " && event.target.closest("button, a, summary")) return;
    const button = meant(event.key);
    if (!button?.checkVisibility()) return;
    event.preventDefault();
    button.click();
  });

  function begin() {
    for (const key of document.querySelectorAll(".keys[hidden]")) key.hidden = false;
    look();
  }

  begin();
})();

/* Looks every two seconds how far an import is, and shows the next page when it is done. */
"use strict";

const PAUSE = 2000;

async function look() {
  const old = document.querySelector("[data-waiting]");
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector("[data-waiting]");
    if (!now) {
      location.reload();
      return;
    }
    if (now.textContent !== old.textContent && !old.contains(document.activeElement)) {
      old.replaceWith(document.importNode(now, true));
    }
  } catch {
    // Without a connection it looks again.
  }
  setTimeout(look, PAUSE);
}

setTimeout(look, PAUSE);

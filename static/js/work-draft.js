// A draft is saved while it is written. What has not reached the site is kept in this browser, and
// sent when it can be; nothing that another window has saved is written over without asking.
"use strict";

// Once it was handed in, this browser need not keep it any more. What was typed and never sent stays.
(() => {
  const key = document.querySelector("[data-draft-done]")?.dataset.draftDone;
  try {
    if (key && JSON.parse(localStorage.getItem(key))?.submitted) localStorage.removeItem(key);
  } catch {}
})();

(() => {
  const form = document.querySelector("[data-draft]");
  if (!form) return;
  const words = form.querySelector("[data-words]").dataset;
  const status = form.querySelector("[data-status]");
  const conflict = form.querySelector("[data-conflict]");
  const signedOut = form.querySelector("[data-signed-out]");
  const fields = [form.elements.text, form.elements.link].filter(Boolean);
  const key = `draft:${form.dataset.draft}:${form.elements.writer.value}`;
  const quiet = 1500;
  const patience = 10_000;
  const mostKeptAlive = 60_000;
  // How far the site's clock is ahead of this device's, whatever that says.
  const ahead = Number(form.dataset.now) - Date.now();
  const mine = new Set();
  let sequence = 0;
  let seen = Number(form.elements.seen.value || 0);
  let saved = content();
  let lasting = true;
  let asking = false;
  let sending = null;
  let failures = 0;
  let timer;

  function content() {
    return JSON.stringify(fields.map((field) => field.value.replaceAll("\r\n", "\n")));
  }

  function fill(text) {
    JSON.parse(text).forEach((value, at) => fields[at] && (fields[at].value = value));
  }

  function next() {
    sequence = Math.max(sequence + 1, seen + 1, Math.floor(Date.now() + ahead));
    return sequence;
  }

  function say(text) {
    if (status.textContent !== text) status.textContent = text;
  }

  function keep(submitted = false) {
    try {
      localStorage.setItem(key, JSON.stringify({ text: content(), seen, submitted }));
      lasting = true;
    } catch {
      lasting = false;
    }
  }

  function kept() {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  }

  function forget() {
    try {
      localStorage.removeItem(key);
    } catch {}
  }

  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  // One at a time, so that the site hears of them in their order.
  function save() {
    sending ??= send().finally(() => (sending = null));
    return sending;
  }

  async function send() {
    clearTimeout(timer);
    const text = content();
    if (asking || text === saved) return;
    const said = await post(text);
    if (said.kind === "saved") return delivered(text, said);
    if (said.kind === "newer") return newer(said);
    if (said.kind === "refused") return say(said.message);
    stuck(said);
  }

  // Only an answer in the site's own words counts: a hotel's sign-in page also says 200.
  async function post(text) {
    const number = next();
    mine.add(number);
    const csrfmiddlewaretoken = form.elements.csrfmiddlewaretoken.value;
    const body = new URLSearchParams({ sequence: number, seen, csrfmiddlewaretoken });
    for (const field of fields) body.set(field.name, field.value);
    const kinds = { 200: "saved", 401: "signed-out", 409: "newer" };
    // Without a word of the site, 403 and 404 are of a token or of another server.
    for (const status of [403, 404, 422]) kinds[status] = "refused";
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        headers: { Accept: "application/json" },
        body,
        redirect: "error",
        keepalive: text.length < mostKeptAlive / 4,
        signal: AbortSignal.timeout(patience),
      });
      // Signing in, in whichever tab, changes the token of every open page.
      if (answer.status === 403) await renewToken();
      const kind = kinds[answer.status];
      if (kind) return { kind, ...(await answer.json()) };
    } catch {
      // No connection, too slow, being restarted, or not our site that answers.
    }
    return { kind: "unreachable" };
  }

  async function renewToken() {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector("[data-draft] [name=csrfmiddlewaretoken]");
    if (token) form.elements.csrfmiddlewaretoken.value = token.value;
  }

  function delivered(text, said) {
    failures = 0;
    saved = text;
    know(said.sequence);
    signedOut.hidden = true;
    if (content() === text) {
      forget();
      say(words.saved.replace("TIME", said.saved));
    } else {
      keep();
      later(quiet);
    }
  }

  function know(number) {
    seen = number;
    form.elements.seen.value = number;
  }

  // What this page sent itself, and never heard of, is no news.
  function newer(said) {
    if (mine.has(said.sequence)) {
      know(said.sequence);
      return later(0);
    }
    ask(said.message, said.sequence);
  }

  function ask(message, number) {
    asking = true;
    conflict.querySelector("[data-message]").textContent = message;
    conflict.dataset.sequence = number;
    conflict.hidden = false;
    say("");
  }

  function stuck(said) {
    signedOut.hidden = said.kind !== "signed-out";
    if (said.kind === "signed-out") {
      signedOut.querySelector("[data-message]").textContent = said.message;
      signedOut.querySelector("[data-sign-in]").href = said.sign_in;
    }
    say(said.kind === "signed-out" ? "" : lasting ? words.kept : words.memory);
    // Between one second and thirty, not at the same moment for a whole class.
    later(Math.min(30, 2 ** failures++) * (750 + 500 * Math.random()));
  }

  function typed() {
    keep();
    if (content() === saved) return;
    if (!asking && failures === 0) say(words.saving);
    later(quiet);
  }

  // What an earlier page of this browser could not deliver.
  function recover() {
    const found = kept();
    if (!found) return;
    const answered = found.submitted && seen > found.seen;
    if (answered || found.text === saved) return forget();
    fill(found.text);
    if (found.seen === seen) {
      say(words.found);
      return later(0);
    }
    ask(words.found, seen);
  }

  form.addEventListener("input", (event) => event.target.type !== "file" && typed());
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    if (content() !== saved) keep(true);
    saved = content();
  });
  form.querySelector("[data-keep]").addEventListener("click", () => {
    asking = false;
    conflict.hidden = true;
    know(Number(conflict.dataset.sequence));
    saved = "";
    save();
    fields[0]?.focus();
  });
  form.querySelector("[data-other]").addEventListener("click", () => {
    forget();
    form.reset();
    saved = content();
    location.reload();
  });
  addEventListener("online", save);
  addEventListener("pagehide", save);
  addEventListener("focus", save);
  document.addEventListener("visibilitychange", save);
  // Back from the page before by the browser's memory: what is kept may be newer than this page.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  addEventListener("beforeunload", (event) => {
    if (content() !== saved && !lasting) event.preventDefault();
  });
  // A form that a browser has filled in again is as good as typed into.
  saved = JSON.stringify(fields.map((field) => field.defaultValue));
  recover();
  if (content() !== saved && !asking) typed();
})();

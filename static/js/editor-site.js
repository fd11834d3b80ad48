// What the editor's scripts know of the site: addresses, words in the reader's language, the token.
"use strict";

const EditorSite = {
  get about() {
    return document.getElementById("editor-site")?.dataset ?? {};
  },

  // A sentence with its {names} filled in.
  say(name, values = {}) {
    return (this.about[name] ?? "").replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
  },

  // A copy of what a <template> holds.
  piece(id) {
    return document.getElementById(id)?.content.cloneNode(true) ?? null;
  },

  get apple() {
    return /Mac|iPhone|iPad/.test(navigator.platform);
  },

  // Ctrl, or ⌘ where that is the key, and neither Alt nor AltGr.
  command(event) {
    return (this.apple ? event.metaKey : event.ctrlKey) && !event.altKey;
  },

  get token() {
    return document.querySelector("input[name=csrfmiddlewaretoken]");
  },

  // Signing in, in whichever tab, changes the token of every open page. Answers with the status of
  // asking for a new one: 200 with it, 401 for who is signed out.
  async renewToken() {
    const answer = await fetch(`${this.about.frame}?as=note`, { redirect: "manual" });
    if (answer.type === "opaqueredirect") return 401;
    if (!answer.ok) return answer.status;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector("meta[name=csrf-token]")?.content;
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) {
      if (token) field.value = token;
    }
    return token ? 200 : 403;
  },

  // Answers {ok, status, data}; status 0 is no connection, 401 somebody who is signed out.
  async post(address, fields, signal) {
    const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
    const answer = await this.send(address, body, signal);
    if (answer.status !== 403) return answer;
    const status = await this.renewToken().catch(() => 0);
    return status === 200 ? this.send(address, body, signal) : { ...answer, status };
  },

  async send(address, body, signal) {
    const headers = { Accept: "application/json", "X-CSRFToken": this.token?.value ?? "" };
    try {
      const answer = await fetch(address, {
        method: "POST",
        headers,
        body,
        signal,
        redirect: "manual",
      });
      if (answer.type === "opaqueredirect") return { ok: false, status: 401, data: null };
      // Only an answer in the site's own words counts: a hotel's sign-in page also says 200.
      const isJson = answer.headers.get("Content-Type")?.includes("json");
      if (!isJson) return { ok: false, status: answer.status === 403 ? 403 : 0, data: null };
      return { ok: answer.ok, status: answer.status, data: await answer.json() };
    } catch (error) {
      if (signal?.reason?.name === "AbortError") throw error;
      return { ok: false, status: 0, data: null };
    }
  },

  // For who cannot see it happen.
  announce(text) {
    const region = document.querySelector("[data-editor-said]");
    if (region) region.textContent = text;
  },

  clock(date = new Date()) {
    return date.toLocaleTimeString(document.documentElement.lang || undefined, {
      hour: "2-digit",
      minute: "2-digit",
    });
  },
};

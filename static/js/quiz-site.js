// Talking to the site about one attempt: its clock, its token against forged requests, its answers.
"use strict";

class QuizSite {
  // Older than this is no sound connection. Keeping a request alive past its page has a limit too.
  static patience = 10_000;
  static mostKeptAlive = 60_000;

  constructor(root) {
    this.url = root.dataset.url;
    this.token = root.querySelector("[name=csrfmiddlewaretoken]").value;
    if (!root.dataset.now) return; // no time is asked for
    const arrived = performance.getEntriesByType("navigation")[0]?.responseStart ?? 0;
    const since = Math.max(0, performance.now() - arrived);
    // How far the site's clock is ahead of this device's, whatever that says.
    this.ahead = Number(root.dataset.now) - (Date.now() - since);
  }

  now() {
    return Date.now() + this.ahead;
  }

  // Rejects when the site cannot be reached; any answer of the site resolves. A `part` of a page
  // is asked for as htmx does.
  async post(address, options = {}) {
    const { body = "", accept = "text/html", redirect = "follow", part = false, again = false } = options;
    const answer = await this.#fetch(address, {
      method: "POST",
      headers: {
        Accept: accept,
        "Content-Type": "application/x-www-form-urlencoded",
        "X-CSRFToken": this.token,
        ...(part && { "HX-Request": "true" }),
      },
      body,
      redirect,
      // So that leaving the page does not cut off a save that is on its way.
      keepalive: body.length < QuizSite.mostKeptAlive,
    });
    if (answer.status !== 403 || again) return answer;
    // Signing in, in whichever tab, changes the token of every open page.
    const renewed = await this.#renewToken();
    if (renewed.status === 404) return renewed; // somebody else has signed in
    return this.post(address, { ...options, again: true });
  }

  async page(address) {
    const answer = await this.#fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }

  // Whether the site could be asked. What it says corrects the clock.
  async askTime() {
    try {
      await this.#fetch(this.url, { method: "HEAD" });
      return true;
    } catch {
      return false;
    }
  }

  // Whatever page comes has a token of who is signed in now; what they may do, the site decides.
  async #renewToken() {
    const answer = await this.#fetch(this.url, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    this.token = page.querySelector("[name=csrfmiddlewaretoken]")?.value ?? this.token;
    return answer;
  }

  async #fetch(address, options) {
    const answer = await fetch(address, {
      ...options,
      cache: "no-store",
      signal: AbortSignal.timeout(QuizSite.patience),
    });
    if (answer.status >= 500) throw new Error(`${answer.status}`);
    this.#hear(Date.parse(answer.headers.get("Date")));
    return answer;
  }

  // The header counts whole seconds: small differences say nothing.
  #hear(time) {
    if (Math.abs(time - this.now()) > 5000) this.ahead = time - Date.now();
  }
}

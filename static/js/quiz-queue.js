// Delivers answers: oldest first, one at a time, again and again until the site has taken each.
"use strict";

class QuizQueue extends EventTarget {
  static settled = new Set(["saved", "ended", "refused"]);
  static kinds = { 200: "saved", 401: "signed-out", 404: "elsewhere", 409: "ended", 422: "refused" };

  #running = null;
  #timer;
  #failures = 0;

  constructor(store, site) {
    super();
    this.store = store;
    this.site = site;
    for (const event of ["online", "focus", "pageshow"]) addEventListener(event, () => this.deliver());
    document.addEventListener("visibilitychange", () => this.deliver());
  }

  get empty() {
    return this.store.packets().length === 0;
  }

  // Why the last try did not get through, or "".
  stuck = "";

  put(place, body) {
    this.store.add(place, body, this.site.now());
    return this.deliver();
  }

  // Resolves when nothing waits any more, or when something has to wait longer.
  deliver() {
    this.#running ??= this.#run();
    return this.#running;
  }

  async #run() {
    await null; // so that `deliver` has noted that we run
    clearTimeout(this.#timer);
    try {
      for (let packet; (packet = this.store.packets()[0]); ) {
        const outcome = await this.#send(packet);
        this.stuck = QuizQueue.settled.has(outcome.kind) ? "" : outcome.kind;
        if (!this.stuck) this.#settle(packet, outcome);
        this.dispatchEvent(new CustomEvent("outcome", { detail: { packet, ...outcome } }));
        if (this.stuck) return this.#later();
      }
      this.#failures = 0;
      this.stuck = "";
    } finally {
      this.#running = null;
    }
  }

  #settle(packet, outcome) {
    this.#failures = 0;
    this.store.drop(packet);
    if (outcome.kind === "saved") {
      this.store.tell({ place: packet.place, answered: outcome.answered, at: packet.sequence });
    }
  }

  // Between one second and thirty, not at the same moment for a whole class. An answer given
  // meanwhile is a try of its own, and makes nobody wait longer.
  #later() {
    const seconds = Math.min(30, 2 ** this.#failures);
    const again = () => {
      this.#failures++;
      this.deliver();
    };
    this.#timer = setTimeout(again, seconds * (750 + 500 * Math.random()));
  }

  // Only an answer in the site's own words counts: a hotel's sign-in page also says 200.
  async #send(packet) {
    try {
      const answer = await this.site.post(`${this.site.url}answers/${packet.place}/`, {
        body: `${packet.body}&sequence=${packet.sequence}`,
        accept: "application/json",
        redirect: "error",
      });
      const kind = QuizQueue.kinds[answer.status];
      if (kind === "elsewhere") return { kind };
      const said = await answer.json();
      if (kind && typeof said.message === "string") return { kind, ...said };
    } catch {
      // No connection, too slow, being restarted, or not our site that answers.
    }
    return { kind: "unreachable" };
  }
}

// The time that is left, by the site's clock: read off anew each second, so that neither a reload
// nor a machine that slept changes it.
"use strict";

class QuizTimer extends EventTarget {
  // Minutes left at which it is said aloud.
  static warnings = [5, 1];

  constructor(face, site) {
    super();
    this.face = face;
    this.site = site;
    this.deadline = Number(face.dataset.deadline);
    this.before = this.left;
    document.addEventListener("visibilitychange", () => this.tick());
  }

  // Seconds.
  get left() {
    return Math.max(0, Math.ceil((this.deadline - this.site.now()) / 1000));
  }

  tick() {
    clearTimeout(this.next);
    const { left } = this;
    this.#show(left);
    this.#warn(left);
    this.before = left;
    if (left > 0) this.next = setTimeout(() => this.tick(), ((this.deadline - this.site.now()) % 1000) + 5);
    else this.dispatchEvent(new Event("up"));
  }

  #show(left) {
    const parts = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60];
    if (parts[0] === 0) parts.shift();
    const text = parts.map((part, at) => (at ? String(part).padStart(2, "0") : part)).join(":");
    this.face.querySelector("[data-left]").textContent = text;
    this.face.dataset.state = left <= 60 ? "last" : left <= 300 ? "soon" : "";
  }

  #warn(left) {
    const passed = QuizTimer.warnings.filter((minutes) => left <= minutes * 60 && this.before > minutes * 60);
    if (passed.length) this.dispatchEvent(new CustomEvent("warning", { detail: passed.at(-1) }));
  }
}

// From a form to the site: hands answers to the queue, and says what has become of them.
"use strict";

class QuizSaving {
  constructor({ root, store, queue, cards, answers, notices }) {
    Object.assign(this, { root, store, queue, cards, answers, notices });
    answers.addEventListener("answer", ({ detail }) => this.#answered(detail));
    queue.addEventListener("outcome", ({ detail }) => this.#told(detail));
    addEventListener("storage", (event) => this.#otherTab(store.heard(event)));
    addEventListener("pagehide", () => answers.saveTyping());
    addEventListener("beforeunload", (event) => this.#leaving(event));
    document.addEventListener("visibilitychange", () => document.hidden && answers.saveTyping());
  }

  // A card as it came from the site gets what was answered since.
  prepare(card) {
    const form = card.querySelector("form[data-answer]");
    if (!form) return;
    this.answers.know(form);
    const waiting = this.store.newestOf(card.dataset.place);
    if (!waiting) return;
    this.answers.fill(form, waiting.body);
    this.sayKept(card.dataset.place);
  }

  sayKept(place) {
    this.#say(place, "kept");
    this.#mark(place, "waiting");
  }

  // At the end: which questions have no answer yet.
  showOpen() {
    const end = this.cards.shown;
    const rows = [...end.querySelectorAll("[data-open]")];
    for (const row of rows) row.hidden = this.notices.isMarked(row.dataset.open);
    const open = rows.some((row) => !row.hidden);
    for (const part of end.querySelectorAll("[data-when]")) {
      part.hidden = (part.dataset.when === "open") !== open;
    }
  }

  #say(place, words, values) {
    this.notices.status(this.cards.card(place), words, values);
  }

  #mark(place, state) {
    this.notices.mark(place, state);
    this.showOpen();
  }

  #answered({ form, body }) {
    const { place } = form.closest("[data-place]").dataset;
    this.queue.put(place, body);
    if (this.queue.stuck) this.sayKept(place);
    // Nothing flickers while the site is quick.
    else setTimeout(() => this.store.newestOf(place) && !this.queue.stuck && this.#say(place, "saving"), 800);
  }

  #told(outcome) {
    const { place } = outcome.packet;
    if (this.queue.stuck) return this.#stuck(outcome);
    // With a newer answer on its way, what became of this one is no news.
    if (!this.store.newestOf(place)) this.#settled(place, outcome);
    if (this.queue.empty) this.#delivered();
  }

  #settled(place, outcome) {
    this.notices.hush(`question-${place}`);
    if (outcome.kind === "saved" && outcome.counts) {
      this.#say(place, "saved", { time: outcome.saved });
      this.#mark(place, outcome.answered ? "saved" : "");
    } else {
      this.#why(place, outcome);
    }
  }

  #why(place, { kind, message, results }) {
    this.#say(place, kind === "saved" ? "uncounted" : "refused");
    if (results) return this.notices.say("ended", "ended", { message, results });
    if (kind === "refused") this.#mark(place, "");
    const form = this.cards.card(place)?.querySelector("form");
    if (form) this.answers.unknow(form);
    return this.notices.say(`question-${place}`, "question-why", { place, message });
  }

  #stuck({ message, sign_in }) {
    for (const { place } of this.store.packets()) this.sayKept(place);
    this.notices.hush("delivered");
    this.notices.say("connection", this.queue.stuck, { message, sign_in });
    if (this.store.lasting) this.notices.hush("memory");
    else this.notices.say("memory", "memory");
  }

  #delivered() {
    if (this.notices.isSaid("connection")) this.notices.say("delivered", "delivered");
    for (const topic of ["connection", "memory", "wait"]) this.notices.hush(topic);
  }

  #otherTab(mark) {
    if (!mark) return;
    this.#mark(mark.place, mark.answered ? "saved" : "");
    if (this.queue.empty) this.#delivered();
  }

  // Only what this page alone holds is worth keeping someone here.
  #leaving(event) {
    this.answers.saveTyping();
    if (!this.queue.empty && !this.store.lasting) event.preventDefault();
  }
}

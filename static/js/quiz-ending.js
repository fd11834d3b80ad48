// Buttons that need the site: checking one answer, and handing in, which the clock can do as well.
"use strict";

class QuizEnding {
  // Milliseconds: between two tries to hand in after the time is up, and to read that it is.
  static pause = 5000;
  static reading = 2000;

  #timeIsUp = false;
  #readUntil = 0;
  #handing = null;
  #done = false;

  constructor({ root, site, queue, cards, answers, notices }) {
    Object.assign(this, { root, site, queue, cards, answers, notices });
    // Out of the browser's memory comes the page as it was left: handed in, it is no longer open.
    addEventListener("pageshow", (event) => event.persisted && this.#done && location.reload());
  }

  // A second press while the first is at work does nothing.
  async press(button, act) {
    if (!button) return act();
    if (button.getAttribute("aria-disabled")) return undefined;
    const words = [...button.childNodes];
    button.setAttribute("aria-disabled", "true");
    if (button.dataset.busy) {
      button.style.minInlineSize = `${button.offsetWidth}px`;
      button.textContent = button.dataset.busy;
    }
    try {
      return await act();
    } finally {
      if (!this.#done) {
        button.replaceChildren(...words);
        button.removeAttribute("aria-disabled");
      }
    }
  }

  async check(form, button) {
    if (!(await this.#delivered("wait-check"))) return;
    // The site could not read the answer, and has said so.
    if (this.notices.isSaid(`question-${this.cards.place}`)) return;
    try {
      const answer = await this.site.post(button.formAction, {
        body: new URLSearchParams(new FormData(form)).toString(),
        part: true,
      });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      // Without a card it is another page, to sign in at for instance: let the browser see it.
      if (!this.cards.replace(page)) location.reload();
    } catch {
      this.notices.say("wait", "wait-check");
    }
  }

  handIn() {
    if (this.#done) return undefined;
    this.#handing ??= this.#handInNow().finally(() => (this.#handing = null));
    return this.#handing;
  }

  watch(timer, says) {
    timer.addEventListener("warning", ({ detail }) => {
      says.replaceChildren(this.notices.words(`left-${detail}`));
    });
    timer.addEventListener("up", () => this.#timeUp(timer));
    timer.tick();
  }

  async #handInNow() {
    if (!(await this.#delivered("wait-hand-in"))) return;
    try {
      // The answer is a way, to the results or to signing in: the browser finds it by itself.
      await this.site.post(`${this.site.url}submit/`, { redirect: "manual" });
      this.#done = true;
      await new Promise((read) => setTimeout(read, Math.max(0, this.#readUntil - Date.now())));
      location.assign(`${this.site.url}?q=end`);
    } catch {
      this.#wait("wait-hand-in");
    }
  }

  // The site decides whether the time is up: this device's clock may have been set meanwhile.
  async #timeUp(timer) {
    const reached = await this.site.askTime();
    if (timer.left > 0) return timer.tick();
    if (!this.#timeIsUp) addEventListener("online", () => this.handIn());
    this.#timeIsUp = true;
    if (reached) {
      this.notices.say("time", "time-up");
      this.#readUntil = Date.now() + QuizEnding.reading;
    }
    return this.handIn();
  }

  // Whether everything is at the site; else says what waits for it.
  async #delivered(words) {
    this.answers.saveTyping();
    await this.queue.deliver();
    if (!this.queue.empty) this.#wait(words);
    return this.queue.empty;
  }

  #wait(words) {
    if (!this.#timeIsUp) return this.notices.say("wait", words);
    this.notices.say("time", "time-up-kept");
    clearTimeout(this.again);
    this.again = setTimeout(() => this.handIn(), QuizEnding.pause);
  }
}

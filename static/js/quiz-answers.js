// What stands in the forms of the questions: when it is to be saved, and how it is put back.
"use strict";

class QuizAnswers extends EventTarget {
  // Milliseconds without a key before what was typed is saved.
  static pause = 700;
  static own = new Set(["csrfmiddlewaretoken", "sequence", "next"]);

  #last = new WeakMap();
  #typing = new Map();

  constructor(root) {
    super();
    root.addEventListener("input", ({ target }) => {
      const form = target.closest("form[data-answer]");
      if (!form || !target.matches("textarea, input:not([type=radio], [type=checkbox])")) return;
      clearTimeout(this.#typing.get(form));
      this.#typing.set(form, setTimeout(() => this.save(form), QuizAnswers.pause));
    });
    root.addEventListener("change", ({ target }) => {
      const form = target.closest("form[data-answer]");
      if (form) this.save(form);
    });
  }

  // The form as the site knows it.
  know(form) {
    this.#last.set(form, QuizAnswers.read(form));
  }

  // To be sent again even if nothing changes.
  unknow(form) {
    this.#last.delete(form);
  }

  // What is being typed does not wait for the pause when its page or card goes.
  saveTyping() {
    for (const form of [...this.#typing.keys()]) this.save(form);
  }

  save(form) {
    clearTimeout(this.#typing.get(form));
    this.#typing.delete(form);
    const body = QuizAnswers.read(form);
    if (this.#last.get(form) === body) return;
    this.#last.set(form, body);
    this.dispatchEvent(new CustomEvent("answer", { detail: { form, body } }));
  }

  static read(form) {
    const fields = [...new FormData(form)].filter(([name]) => !QuizAnswers.own.has(name));
    return new URLSearchParams(fields).toString();
  }

  fill(form, body) {
    const given = new URLSearchParams(body);
    const values = new Map([...given.keys()].map((name) => [name, given.getAll(name)]));
    for (const field of form.elements) {
      if (!field.name || field.matches("button") || QuizAnswers.own.has(field.name)) continue;
      const wanted = values.get(field.name) ?? [];
      if (field.matches("[type=radio], [type=checkbox]")) field.checked = wanted.includes(field.value);
      else if (wanted.length) field.value = wanted.shift();
    }
    this.know(form);
    form.dispatchEvent(new Event("filled", { bubbles: true }));
  }
}

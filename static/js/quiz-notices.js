// Says how things stand, in words that the page brings as templates (so that they are translated).
"use strict";

class QuizNotices {
  #said = new Map();

  constructor(root) {
    this.root = root;
    this.region = root.querySelector("[data-notices]");
  }

  // The template `name`, with `values` put where it says data-value, and addresses at data-href.
  words(name, values = {}) {
    const words = this.root.querySelector(`template[data-words="${name}"]`).content.cloneNode(true);
    for (const slot of words.querySelectorAll("[data-value]")) {
      slot.textContent = values[slot.dataset.value] ?? "";
    }
    for (const link of words.querySelectorAll("[data-href]")) {
      link.href = values[link.dataset.href] ?? "";
    }
    return words;
  }

  // One notice a topic. Said again only if it is another: people hear every change.
  say(topic, name, values = {}) {
    const key = name + JSON.stringify(values);
    if (this.#said.get(topic) === key) return;
    this.hush(topic);
    this.#said.set(topic, key);
    const words = this.words(name, values);
    words.firstElementChild.dataset.topic = topic;
    this.region.append(words);
  }

  isSaid(topic) {
    return this.#said.has(topic);
  }

  hush(topic) {
    this.#said.delete(topic);
    this.region.querySelector(`[data-topic="${topic}"]`)?.remove();
  }

  // The line beside a question's number.
  status(card, name, values) {
    const line = card?.querySelector("[data-saved]");
    const words = this.words(name, values);
    if (line && line.textContent.trim() !== words.textContent.trim()) line.replaceChildren(words);
  }

  // A question's step: "saved", "waiting", or "" for no answer. What was checked stays marked so.
  mark(place, state) {
    const step = this.root.querySelector(`.steps a[data-place="${place}"]`);
    if (!step || ["right", "wrong", "part"].includes(step.dataset.state)) return;
    step.dataset.state = state;
    step.querySelector("[data-sign]").replaceChildren(...(state ? [this.words(`step-${state}`)] : []));
  }

  isMarked(place) {
    return Boolean(this.root.querySelector(`.steps a[data-place="${place}"]`)?.dataset.state);
  }
}

// The questions of an attempt, fetched once and kept, so that one can go on without a connection.
"use strict";

class QuizCards extends EventTarget {
  #kept = new Map();

  constructor(root) {
    super();
    this.root = root;
    this.shown = root.querySelector("[data-place]:not(a)");
    this.first = this.shown.dataset.place;
    this.#kept.set(this.first, this.shown);
    root.addEventListener("click", (event) => this.#follow(event));
    addEventListener("popstate", () => this.#arrive());
  }

  get place() {
    return this.shown.dataset.place;
  }

  has(place) {
    return this.#kept.has(place);
  }

  card(place) {
    return this.#kept.get(place);
  }

  // What is on the page stays: it may have been answered meanwhile.
  keep(page) {
    for (const card of page.querySelectorAll("[data-place]:not(a)")) {
      if (!this.has(card.dataset.place)) this.#add(card);
    }
  }

  // The card of `page` in place of the one that it was, checked and explained, say; and the steps
  // that it has.
  replace(page) {
    const card = page.querySelector("[data-place]:not(a)");
    if (!card) return false;
    const here = card.dataset.place === this.place;
    this.#add(card);
    for (const link of page.querySelectorAll(".steps a")) this.#restep(link);
    if (here) this.#swap(card);
    card.querySelector(".feedback, .error-summary")?.focus();
    return true;
  }

  #restep(link) {
    const step = this.root.querySelector(`.steps a[data-place="${link.dataset.place}"]`);
    step?.closest("li").replaceWith(document.adoptNode(link.closest("li")));
  }

  #add(card) {
    this.#kept.set(card.dataset.place, document.adoptNode(card));
    this.dispatchEvent(new CustomEvent("kept", { detail: card }));
  }

  // Without the card, the page is loaded; the address is the same.
  go(place) {
    if (!this.has(place)) return location.assign(this.#address(place));
    history.pushState(null, "", this.#address(place));
    this.show(place);
  }

  show(place) {
    this.#swap(this.card(place));
    const heading = this.shown.querySelector("h2");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    if (heading.getBoundingClientRect().top < 0) this.shown.scrollIntoView();
  }

  #address(place) {
    return `${this.root.dataset.url}?q=${place}#question`;
  }

  #swap(card) {
    this.dispatchEvent(new Event("leave"));
    this.shown.replaceWith(card);
    this.shown = card;
    document.title = card.dataset.title;
    for (const link of this.root.querySelectorAll(".steps a")) {
      if (link.dataset.place === card.dataset.place) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    }
    this.dispatchEvent(new Event("show"));
  }

  #follow(event) {
    const link = event.target.closest("a[data-place]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const { place } = link.dataset;
    const may = this.has(place) || this.dispatchEvent(new CustomEvent("missing", { cancelable: true }));
    if (may && !this.has(place)) return; // a link like any other
    event.preventDefault();
    if (may && place !== this.place) this.go(place);
  }

  // Back and forward, and links within the page.
  #arrive() {
    const place = new URLSearchParams(location.search).get("q") ?? this.first;
    if (place === this.place) return;
    if (this.has(place)) this.show(place);
    else location.reload();
  }
}

// The page inside a preview: the reader's stylesheets and no scripts, filled from outside.
"use strict";

class EditorFrame {
  #html = null;

  constructor(shape, title) {
    this.box = document.createElement("iframe");
    // Same origin, so that this page can fill it; no scripts, so that nothing in it runs.
    this.box.setAttribute("sandbox", "allow-same-origin");
    this.box.title = title;
    this.box.src = `${EditorSite.about.frame}?as=${shape}`;
    this.box.addEventListener("load", () => this.#loaded());
    EditorFrame.all.add(this);
  }

  static all = new Set();

  get #place() {
    return this.box.contentDocument?.getElementById("preview") ?? null;
  }

  // A frame that is moved on its page begins anew, so what it showed is put in again.
  #loaded() {
    if (!this.#place) return;
    this.dress();
    this.box.contentDocument.addEventListener("click", (event) => this.#clicked(event));
    if (this.#html !== null) this.show(this.#html);
    this.box.contentDocument.fonts.ready.then(() => this.#shown());
  }

  // Somebody who was signed out has another page in the frame, or none.
  mend() {
    const loaded = this.box.contentDocument?.readyState === "complete";
    if (loaded && !this.#place) this.box.src = this.box.src;
  }

  dress() {
    const root = this.box.contentDocument?.documentElement;
    const theme = document.documentElement.dataset.theme;
    if (!root) return;
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  }

  get empty() {
    return this.#html === null;
  }

  show(html) {
    this.#html = html;
    const place = this.#place;
    if (!place) return;
    const root = this.box.contentDocument.scrollingElement;
    const { scrollTop, scrollLeft } = root;
    place.innerHTML = html;
    root.scrollTo({ top: scrollTop, left: scrollLeft, behavior: "instant" });
    this.#shown();
  }

  #shown() {
    this.box.dispatchEvent(new Event("editor:shown"));
  }

  get height() {
    return this.box.contentDocument?.documentElement.offsetHeight ?? 0;
  }

  // Where `share` (0 to 1) of the text is, unless it is in sight already.
  follow(share) {
    const root = this.box.contentDocument?.scrollingElement;
    if (!root) return;
    const room = root.clientHeight;
    const at = share * root.scrollHeight;
    if (at > root.scrollTop + room * 0.15 && at < root.scrollTop + room * 0.85) return;
    root.scrollTo({ top: at - room / 2, behavior: "instant" });
  }

  // Links within the text work; others open beside the editor, which nothing may replace.
  #clicked(event) {
    const link = event.target.closest("a[href]");
    if (!link) return;
    event.preventDefault();
    const href = link.getAttribute("href");
    if (!href.startsWith("#")) return open(link.href, "_blank", "noopener");
    this.box.contentDocument.getElementById(decodeURIComponent(href.slice(1)))?.scrollIntoView();
  }
}

new MutationObserver(() => EditorFrame.all.forEach((frame) => frame.dress())).observe(
  document.documentElement,
  { attributeFilter: ["data-theme"] },
);

// The preview beside a Markdown text: rendered by the site, soon after the typing pauses. Only a
// preview that is in sight asks for anything.
"use strict";

class EditorPreview {
  static pause = 300;
  static patience = 10_000;

  #timer;
  #asking = null;
  #stale = true;
  #visible = false;
  #shownAt = null;
  frame = null;

  constructor(area) {
    this.area = area;
    this.editor = area.closest(".md-editor");
    this.shape = EditorWords.shape(area);
    this.box = document.createElement("div");
    this.box.className = "md-preview";
    area.after(this.box);
    this.state = this.editor.querySelector(".md-state");
    this.said = this.editor.querySelector(".md-said");
    this.editor.addEventListener("editor:view", () => this.#toggle());
    area.addEventListener("input", () => this.changed());
    for (const field of [this.#field("name"), this.#field("slug")]) {
      field?.addEventListener("input", () => this.changed());
    }
    area.addEventListener("keyup", () => this.#follow());
    area.addEventListener("click", () => this.#follow());
  }

  // Another field of the same row: `concepts-2-name` beside `concepts-2-body`.
  #field(name) {
    const { form, name: own } = this.area;
    const start = own.slice(0, own.lastIndexOf("-") + 1);
    return form?.elements.namedItem(start + name) ?? null;
  }

  get #prefix() {
    if (this.shape === "introduction") return "introduction";
    const slug = this.#field("slug")?.value ?? this.area.dataset.markdown;
    return /^[\w-]{1,80}$/.test(slug) ? slug : "";
  }

  get #fields() {
    const fields = { source: this.area.value, prefix: this.#prefix, as: this.shape };
    if (this.shape !== "section") return fields;
    const row = this.area.closest("[data-row]");
    const stays = (one) => !("removed" in one.dataset);
    const rows = row ? EditorRows.of(row.parentElement).filter(stays) : [];
    const place = Math.max(1, rows.indexOf(row) + 1);
    const name = this.#field("name")?.value ?? "";
    return { ...fields, name, place, all: Math.max(1, rows.length) };
  }

  get #name() {
    const row = this.area.closest("[data-row]");
    const label = this.area.labels?.[0]?.textContent.trim().replace(/:$/, "") ?? "";
    return [row && EditorRows.name(row), label].filter(Boolean).join(", ");
  }

  #toggle() {
    const on = this.editor.dataset.view !== "preview";
    if (on) this.editor.dataset.view = "preview";
    else delete this.editor.dataset.view;
    this.editor.querySelector(".md-view").setAttribute("aria-pressed", String(on));
  }

  // It has come into sight, or left it.
  seen(visible) {
    this.#visible = visible;
    if (visible && this.#stale) this.refresh();
  }

  changed() {
    this.#stale = true;
    // What is on its way is of a text that is gone.
    this.#asking?.abort();
    this.#asking = null;
    if (!this.#visible) return;
    this.#tell("typing");
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.refresh(), EditorPreview.pause);
  }

  again() {
    if (this.#visible && this.#stale) this.refresh();
  }

  async refresh() {
    clearTimeout(this.#timer);
    this.#build();
    this.#asking?.abort();
    const asking = (this.#asking = new AbortController());
    const signal = AbortSignal.any([asking.signal, AbortSignal.timeout(EditorPreview.patience)]);
    try {
      const answer = await EditorSite.post(EditorSite.about.render, this.#fields, signal);
      if (asking === this.#asking) this.#answered(answer);
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }

  #build() {
    if (this.frame) return this.frame.mend();
    this.frame = new EditorFrame(this.shape, EditorSite.say("preview", { what: this.#name }));
    this.frame.box.addEventListener("editor:shown", () => this.#fit());
    this.box.append(this.frame.box);
  }

  // A short text's frame is as high as what it shows; the others are as high as the text beside.
  #fit() {
    if (!("inline" in this.editor.dataset)) return;
    this.frame.box.style.height = `${Math.min(320, this.frame.height + 2)}px`;
  }

  #answered({ ok, status, data }) {
    if (!ok) return this.#failed(status, data);
    this.#stale = false;
    this.editor.dataset.counted = data.words;
    if (data.html !== null) {
      this.frame.show(data.html);
      this.#shownAt = new Date();
      this.#follow();
    }
    this.#tell(data.problem ? "" : "fresh");
    this.#complain(data.problem, data.line);
  }

  #failed(status, data) {
    const refused = data?.errors && Object.values(data.errors).flat()[0];
    const word = status === 401 ? "signedOut" : this.#shownAt ? "unreachable" : "unreachableYet";
    this.#tell("");
    const time = EditorSite.clock(this.#shownAt ?? undefined);
    this.#complain(refused ?? EditorSite.say(word, { time }));
  }

  // Only what changes is written: Chromium ends a step of its undo wherever the page changes.
  #tell(word) {
    if (!this.state || this.state.dataset.word === word) return;
    this.state.dataset.word = word;
    this.state.textContent = word && EditorSite.say(word);
  }

  // The last preview that was possible stays.
  #complain(problem, line = null) {
    const text = problem ?? "";
    if (!this.said || this.said.dataset.text === text) return;
    this.said.dataset.text = text;
    this.said.textContent = text;
    if (!line) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = EditorSite.say("goTo", { line });
    button.addEventListener("click", () => EditorText.goToLine(this.area, line));
    this.said.append(" ", button);
  }

  #follow() {
    const { area } = this;
    if (document.activeElement !== area || !this.frame || !area.value) return;
    this.frame.follow(area.selectionEnd / area.value.length);
  }
}

(() => {
  if (!EditorSite.about.render) return;
  const previews = new Map();
  const watch = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) previews.get(target)?.seen(isIntersecting);
  });

  function start(root) {
    for (const area of root.querySelectorAll(".md-editor textarea[data-markdown]")) {
      if (area.closest(".md-editor").querySelector(".md-preview")) continue;
      const preview = new EditorPreview(area);
      previews.set(preview.box, preview);
      watch.observe(preview.box);
      EditorWords.show(area);
    }
    EditorWords.showLesson();
  }

  const again = () => previews.forEach((preview) => preview.again());
  let timer;
  document.addEventListener("input", ({ target }) => {
    if (!target.matches?.("textarea[data-markdown]")) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      EditorWords.show(target);
      EditorWords.showLesson();
    }, EditorPreview.pause);
  });
  document.addEventListener("editor:added", ({ target }) => start(target));
  document.addEventListener("editor:arranged", () => {
    EditorWords.showLesson();
    previews.forEach((preview) => preview.shape === "section" && preview.changed());
  });
  addEventListener("online", again);
  addEventListener("focus", again);
  start(document);
})();

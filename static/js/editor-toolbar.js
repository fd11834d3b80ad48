// A toolbar over every Markdown text: buttons that arrow keys go through, keys for the usual ones.
"use strict";

(() => {
  const keyName = (key) => `${EditorSite.apple ? "⌘" : "Ctrl+"}${key.toUpperCase()}`;

  function tip(button) {
    const key = button.dataset.key ?? button.dataset.tipKey;
    const name = button.getAttribute("aria-label");
    if (!name) return;
    button.dataset.tip = key ? `${name} (${keyName(key)})` : name;
    if (button.dataset.key) {
      button.setAttribute("aria-keyshortcuts", `${EditorSite.apple ? "Meta" : "Control"}+${key}`);
    }
  }

  const buttonsOf = (bar) => [...bar.querySelectorAll("button")].filter((one) => one.offsetParent);

  // One stop for Tab; the arrows go on from there.
  function roam(bar, to) {
    for (const button of bar.querySelectorAll("button")) button.tabIndex = button === to ? 0 : -1;
  }

  function build(area) {
    const frame = area.closest(".md-editor");
    const made = EditorSite.piece("editor-toolbar");
    if (!frame || !made || frame.querySelector(".md-tools")) return;
    const bar = made.querySelector(".md-tools");
    if (!["section", "introduction"].includes(EditorWords.shape(area))) {
      frame.dataset.inline = "";
      bar.querySelectorAll("[data-block], [data-command=undo]").forEach((one) => one.remove());
    }
    area.id ||= `editor-${area.name}`;
    bar.setAttribute("aria-controls", area.id);
    bar.querySelectorAll("button").forEach(tip);
    roam(bar, bar.querySelector("button"));
    frame.prepend(bar);
    frame.append(EditorSite.piece("editor-foot"));
  }

  function run(area, command) {
    if (command === "view") area.closest(".md-editor").dispatchEvent(new Event("editor:view"));
    else EditorFormat[command]?.(area);
  }

  function arrows(event, bar) {
    const buttons = buttonsOf(bar);
    const at = buttons.indexOf(event.target.closest("button"));
    const forward = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = document.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
    const to = { [forward]: at + 1, [back]: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = buttons[(to + buttons.length) % buttons.length];
    roam(bar, next);
    next.focus();
  }

  function keyed(event) {
    const area = event.target;
    if (!area.matches?.("textarea[data-markdown]")) return;
    if (!EditorSite.command(event) || event.shiftKey) return;
    const bar = area.closest(".md-editor")?.querySelector(".md-tools");
    const button = bar?.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!button) return;
    event.preventDefault();
    run(area, button.dataset.command);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".md-tools button");
    if (!button) return;
    const bar = button.closest(".md-tools");
    roam(bar, button);
    const area = bar.closest(".md-editor").querySelector("textarea[data-markdown]");
    run(area, button.dataset.command);
  });
  // A click on a button must not take the selection from the text.
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest?.(".md-tools button")) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    const bar = event.target.closest?.(".md-tools");
    if (bar) {
      arrows(event, bar);
      if (event.key === "Escape") bar.dataset.quiet = "";
    } else {
      keyed(event);
    }
  });
  document.addEventListener("focusout", (event) => {
    const bar = event.target.closest?.(".md-tools");
    if (bar) delete bar.dataset.quiet;
  });
  document.addEventListener("editor:added", (event) => start(event.target));

  function start(root) {
    for (const area of root.querySelectorAll(".md-editor textarea[data-markdown]")) build(area);
  }
  start(document);
})();

// Rows of a form that can be moved, added and removed: by button, by Alt and an arrow, by dragging
// (editor-drag.js). The number in each row is what is sent; without this file one types it.
"use strict";

const EditorRows = {
  of: (list) => [...list.querySelectorAll(":scope > [data-row]")],

  field: (row, name) => row.querySelector(`[name$="-${name}"]`),

  name(row) {
    if (row.dataset.name) return row.dataset.name;
    const field = this.field(row, "name") ?? this.field(row, "title") ?? this.field(row, "text");
    return field?.value.trim() || EditorSite.say("new");
  },

  // Past its neighbour, which is what moves: the row keeps its focus and its preview.
  step(row, way) {
    const rows = this.of(row.parentElement);
    const other = rows[rows.indexOf(row) + way];
    if (!other) return false;
    if (way < 0) row.after(other);
    else row.before(other);
    return true;
  },

  // After the order has changed: the numbers, and what the buttons can do.
  number(list) {
    this.of(list).forEach((row, at) => {
      row.querySelector("[data-position]").value = String(at + 1);
    });
    this.enable(list);
    list.dispatchEvent(new Event("change", { bubbles: true }));
    list.dispatchEvent(new Event("editor:arranged", { bubbles: true }));
  },

  enable(list) {
    const rows = this.of(list);
    rows.forEach((row, at) => {
      const tools = row.querySelector(".row-tools");
      if (!tools) return;
      tools.querySelector("[data-move='-1']").disabled = at === 0;
      tools.querySelector("[data-move='1']").disabled = at === rows.length - 1;
    });
  },

  label(row) {
    const what = this.name(row);
    const tools = row.querySelector(".row-tools");
    const said = {
      "[data-grip]": "grip",
      "[data-move='-1']": "up",
      "[data-move='1']": "down",
      "[data-remove]": "removed" in row.dataset ? "undo" : "remove",
    };
    for (const [button, word] of Object.entries(said)) {
      const text = EditorSite.say(word, { what });
      tools?.querySelector(button)?.setAttribute("aria-label", text);
      tools?.querySelector(button)?.setAttribute("title", text);
    }
    const title = row.querySelector("[data-row-name]");
    if (title) title.textContent = what;
  },

  moved(row) {
    const rows = this.of(row.parentElement);
    const values = { what: this.name(row), place: rows.indexOf(row) + 1, all: rows.length };
    this.number(row.parentElement);
    EditorSite.announce(EditorSite.say("moved", values));
  },

  move(row, way, button) {
    if (!this.step(row, way)) return;
    this.moved(row);
    // A button at the end of its way cannot keep the focus; another in the row can.
    (button.disabled ? row.querySelector("[data-grip]") : button).focus();
    row.scrollIntoView({ block: "nearest" });
  },

  showRemoved(row) {
    const removed = Boolean(this.field(row, "archived")?.checked);
    row.toggleAttribute("data-removed", removed);
    row.querySelector("[data-remove]")?.setAttribute("aria-pressed", String(removed));
    this.label(row);
  },

  remove(row) {
    const field = this.field(row, "archived");
    field.checked = !field.checked;
    this.showRemoved(row);
    field.dispatchEvent(new Event("change", { bubbles: true }));
    row.dispatchEvent(new Event("editor:arranged", { bubbles: true }));
    const what = this.name(row);
    EditorSite.announce(EditorSite.say(field.checked ? "removed" : "back", { what }));
  },

  // A further row from the empty one; answers with it, or nothing where there is room for no more.
  add(list) {
    const prefix = list.dataset.rows;
    const count = document.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
    const most = Number(document.querySelector(`[name="${prefix}-MAX_NUM_FORMS"]`)?.value || 1000);
    const empty = document.querySelector(`template[data-empty="${prefix}"]`);
    if (!count || !empty || Number(count.value) >= most) return null;
    const html = empty.innerHTML.replaceAll("__prefix__", count.value);
    list.insertAdjacentHTML("beforeend", html);
    count.value = String(Number(count.value) + 1);
    const row = this.of(list).at(-1);
    this.start(row);
    row.dispatchEvent(new Event("editor:added", { bubbles: true }));
    this.number(list);
    return row;
  },

  start(row) {
    if (row.querySelector(".row-tools") || !row.querySelector("[data-position]")) return;
    const tools = EditorSite.piece("editor-grips");
    if (!tools) return;
    if (!this.field(row, "archived")) tools.querySelector("[data-remove]").remove();
    (row.querySelector("[data-row-tools]") ?? row).prepend(tools);
    this.showRemoved(row);
  },
};

(() => {
  for (const list of document.querySelectorAll("[data-rows]")) {
    if (!EditorSite.about.render) break;
    list.dataset.scripted = "";
    EditorRows.of(list).forEach((row) => EditorRows.start(row));
    EditorRows.enable(list);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button");
    if (!button) return;
    const row = button.closest("[data-row]");
    if (row && button.dataset.move) EditorRows.move(row, Number(button.dataset.move), button);
    else if (row && "remove" in button.dataset) EditorRows.remove(row);
    else if (button.dataset.add) add(button, event);
  });

  // Without this file the button sends the form, and the site adds the row.
  function add(button, event) {
    const list = document.querySelector(`[data-rows="${button.dataset.add}"]`);
    if (!list?.dataset.rows || !EditorSite.about.render) return;
    event.preventDefault();
    const row = EditorRows.add(list);
    EditorSite.announce(EditorSite.say(row ? "added" : "full"));
    for (const fold of row?.querySelectorAll("details") ?? []) fold.open = true;
    row?.querySelector("input:not([type=hidden], [data-position]), select")?.focus();
  }

  document.addEventListener("keydown", (event) => {
    const grip = event.target.closest?.("[data-grip]");
    const way = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!grip || !way || !event.altKey) return;
    event.preventDefault();
    EditorRows.move(grip.closest("[data-row]"), way, grip);
  });
  document.addEventListener("input", ({ target }) => {
    const row = target.closest?.("[data-row]");
    if (row && /-(name|title)$/.test(target.name ?? "")) EditorRows.label(row);
  });
})();

// What the form holds against what the site knows: a warning before unsaved work is left; Ctrl+S.
"use strict";

const EditorForm = {
  form: document.querySelector("form[data-editor]"),
  leaving: false,

  skips: (field) =>
    !field.name ||
    field.name === "csrfmiddlewaretoken" ||
    ["file", "submit", "button", "image", "reset"].includes(field.type),

  // Each field's value by its name; a box that is not ticked has none.
  values(read = (field) => field.value, ticked = (field) => field.checked) {
    const found = {};
    for (const field of this.form.elements) {
      if (this.skips(field)) continue;
      const box = field.type === "checkbox" || field.type === "radio";
      if (box && !ticked(field)) {
        if (field.type === "checkbox") found[field.name] ??= "";
      } else {
        found[field.name] = read(field).replaceAll("\r\n", "\n");
      }
    }
    return found;
  },

  // As the site sent it, whatever a browser has filled in again since.
  sent() {
    const first = ({ options }) => [...options].find((one) => one.defaultSelected) ?? options[0];
    const read = (field) => {
      if (field.options) return first(field)?.value ?? "";
      return field.type === "checkbox" || field.type === "radio" ? field.value : field.defaultValue;
    };
    return this.values(read, (field) => field.defaultChecked);
  },

  // The site has refused what was typed, and sends it back: it is kept nowhere else.
  get refused() {
    return this.form.matches("[data-unsaved]") || Boolean(this.form.querySelector(".errorlist li"));
  },

  get changed() {
    if (this.wasRefused) return true;
    const now = this.values();
    const names = new Set([...Object.keys(now), ...Object.keys(this.loaded)]);
    return [...names].some((name) => (now[name] ?? "") !== (this.loaded[name] ?? ""));
  },

  save() {
    const button = this.form.querySelector("[data-save], [name=_save]");
    if (button) this.form.requestSubmit(button);
  },
};

(() => {
  if (!EditorForm.form) return;
  EditorForm.loaded = EditorForm.sent();
  EditorForm.wasRefused = EditorForm.refused;
  EditorForm.form.addEventListener("submit", (event) => {
    EditorForm.leaving = !event.defaultPrevented;
  });
  addEventListener("pageshow", () => (EditorForm.leaving = false));
  addEventListener("beforeunload", (event) => {
    if (!EditorForm.leaving && EditorForm.changed) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (!EditorSite.command(event) || event.shiftKey || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    if (!document.querySelector("dialog[open]")) EditorForm.save();
  });
})();

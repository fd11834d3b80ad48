// The form is kept in this browser while it is written, so that it survives a lost session, a
// crash, a closed tab. It is kept under its lesson and its person, comes back only when somebody
// says so, and goes once it is saved, or after 30 days.
"use strict";

(() => {
  const start = "editor:";
  const longest = 400_000;
  const days = 30;
  const quiet = 700;
  const mostNamed = 4;
  const { form } = EditorForm;

  function read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  }

  function drop(key) {
    try {
      localStorage.removeItem(key);
    } catch {}
  }

  // Whoever they are of.
  function forgetOld() {
    try {
      for (const key of Object.keys(localStorage)) {
        if (!key.startsWith(start)) continue;
        const at = read(key)?.at;
        if (!(at > Date.now() - days * 86_400_000)) drop(key);
      }
    } catch {}
  }

  forgetOld();
  const { user } = EditorSite.about;
  if (!form || !user) return;
  const key = `${start}${user}:${form.dataset.editor}`;
  // What is typed while an older copy waits for a decision is kept beside it.
  const newer = `${key}:newer`;
  let waiting = null;
  let timer;

  function keep(submitted = false) {
    clearTimeout(timer);
    const own = waiting ? newer : key;
    if (!EditorForm.changed) return drop(own);
    const values = EditorForm.values();
    const copy = JSON.stringify({ at: Date.now(), base: form.dataset.base, submitted, values });
    if (copy.length > longest) {
      EditorSite.announce(EditorSite.say("tooLarge"));
      return drop(own);
    }
    try {
      localStorage.setItem(own, copy);
    } catch {
      // Full, or refused: the warning before leaving is still there.
    }
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(keep, quiet);
  }

  // The site has it: it says so, or the form holds the same.
  function isSaved(copy) {
    const newBase = form.dataset.base !== copy.base;
    if (copy.submitted && newBase && document.querySelector(".messagelist .success")) return true;
    return !EditorCompare.differences(form, copy.values, EditorForm.loaded).length;
  }

  function named(found) {
    const more = found.length - mostNamed;
    const words = found.slice(0, mostNamed).join(", ");
    return more > 0 ? `${words} ${EditorSite.say("more", { number: more })}` : words;
  }

  function when(at) {
    const date = new Date(at);
    const today = date.toDateString() === new Date().toDateString();
    const language = document.documentElement.lang || undefined;
    if (today) return EditorSite.clock(date);
    return date.toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
  }

  // An older copy that nobody has decided about is offered after a newer one.
  function offer() {
    for (const found of [newer, key]) {
      const copy = read(found);
      if (!copy?.values) continue;
      if (isSaved(copy)) drop(found);
      else return ask(found, copy);
    }
    waiting = null;
  }

  function ask(found, copy) {
    waiting = found;
    const notice = EditorSite.piece("editor-kept")?.firstElementChild;
    if (!notice) return;
    const differs = EditorCompare.differences(form, copy.values, EditorForm.loaded);
    const movedOn = notice.querySelector("[data-moved-on]");
    const said = EditorSite.say("keptAt", { time: when(copy.at) });
    notice.querySelector("[data-when]").textContent = said;
    notice.querySelector("[data-differs]").textContent = `${named(differs)}.`;
    movedOn.hidden = copy.base === form.dataset.base;
    movedOn.textContent = EditorSite.say("movedOn");
    notice.querySelector("[data-restore]").addEventListener("click", () => {
      notice.remove();
      restore(copy.values);
      drop(found);
      waiting = null;
      keep();
      EditorSite.announce(EditorSite.say("restored"));
    });
    notice.querySelector("[data-discard]").addEventListener("click", () => {
      notice.remove();
      drop(found);
      waiting = null;
      EditorSite.announce(EditorSite.say("discarded"));
      offer();
      keep();
    });
    form.before(notice);
    EditorSite.announce(said);
  }

  // Every field as it was, with as many rows; also what the editor had seen, so that the site can
  // tell what others have saved since.
  function restore(values) {
    for (const list of form.querySelectorAll("[data-rows]")) rowsLike(list, values);
    for (const field of form.elements) {
      if (EditorForm.skips(field) || field.name === "for" || !(field.name in values)) continue;
      put(field, values[field.name]);
    }
    for (const list of form.querySelectorAll("[data-rows]")) arrange(list);
  }

  function put(field, value) {
    if (field.type === "radio") {
      field.checked = field.value === value;
    } else if (field.type === "checkbox") {
      field.checked = value !== "";
    } else if (field.value !== value) {
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  function rowsLike(list, values) {
    const prefix = list.dataset.rows;
    const wanted = Number(values[`${prefix}-TOTAL_FORMS`] ?? 0);
    while (EditorRows.of(list).length < wanted && EditorRows.add(list));
    // Rows that came since then are no part of what is put back.
    for (const row of EditorRows.of(list)) {
      const number = Number(/-(\d+)-/.exec(row.querySelector("[data-position]")?.name)?.[1]);
      if (number >= wanted) row.remove();
    }
  }

  function arrange(list) {
    const place = (row) => Number(row.querySelector("[data-position]")?.value || 1e6);
    const rows = EditorRows.of(list).sort((one, other) => place(one) - place(other));
    rows.forEach((row, at) => {
      if (EditorRows.of(list)[at] !== row) EditorRows.of(list)[at].before(row);
      EditorRows.showRemoved(row);
    });
    EditorRows.enable(list);
  }

  for (const event of ["input", "change"]) form.addEventListener(event, later);
  form.addEventListener("submit", () => keep(true));
  addEventListener("pagehide", () => EditorForm.leaving || keep());
  if (!EditorForm.wasRefused) offer();
  // A browser that has filled the form in again knows what was typed, too.
  else later();
})();

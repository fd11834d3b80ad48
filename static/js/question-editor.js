// The form of a question: fields of the kind at once, rows one by one, a trial as tall as it is.
// Without this file, buttons of the form do the same.
"use strict";

(() => {
  const form = document.getElementById("question_form");
  if (!form) return;
  const words = form.querySelector("[data-words]")?.dataset ?? {};

  // What keeps the form in this browser and warns before it is left (editor-unsaved.js) begins
  // after this file. A new question is only warned for: once it is saved, it has another address.
  let touched = false;
  if (words.question) {
    form.dataset.editor = `question:${words.question}`;
    form.dataset.base = form.elements.seen?.value ?? "";
  } else {
    form.addEventListener("input", () => (touched = true));
    form.addEventListener("submit", () => (touched = false));
    addEventListener("beforeunload", (event) => touched && event.preventDefault());
  }

  // The fields of another kind, or of other gaps, come from the form's own page

  let asked = 0;
  async function showFields(focus, values = {}) {
    const turn = ++asked;
    const data = new FormData(form);
    for (const [name, value] of Object.entries(values)) if (name.startsWith("payload-")) data.set(name, value);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    data.set("_fields", "1");
    const answer = await fetch(location.href, { method: "POST", body: data }).catch(() => null);
    if (turn !== asked) return;
    if (!answer?.ok) return form.querySelector("[name=_fields]")?.click();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fields = page.getElementById("answers");
    if (!fields) return location.reload();
    document.getElementById("answers").replaceWith(document.adoptNode(fields));
    enliven();
    for (const list of fields.querySelectorAll("[data-rows]")) {
      for (const row of EditorRows.of(list)) EditorRows.start(row);
      EditorRows.enable(list);
    }
    if (focus) document.getElementById(focus)?.querySelector("input:checked")?.focus();
  }

  form.addEventListener("change", (event) => {
    const { target } = event;
    if (target.name === "kind") showFields();
    else if (target.matches("[data-decides]")) showFields(target.closest("fieldset[id]")?.id);
    else if (/^payload-right-\d+-text$/.test(target.name)) labelRights();
    else if (target.name === "status") showTime();
  });

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.matches("[data-fields]")) {
      event.preventDefault();
      showFields();
    } else if (button?.matches("[data-add-row]")) addRow(button.previousElementSibling);
    else if (button?.matches("[data-take-out]")) takeOut(button.closest(".answer"));
  });

  // A copy that is put back may be of another kind, or of more gaps
  document.addEventListener(
    "click",
    ({ target }) => {
      if (!target.closest("[data-restore]")) return;
      const { user } = document.getElementById("editor-site").dataset;
      const key = `editor:${user}:${form.dataset.editor}`;
      const kept = JSON.parse(localStorage.getItem(`${key}:newer`) ?? localStorage.getItem(key) ?? "{}");
      setTimeout(() => showFields("", kept.values));
    },
    true,
  );

  // Rows

  function enliven() {
    const answers = document.getElementById("answers");
    if (!answers) return;
    answers.dataset.live = "";
    for (const details of answers.querySelectorAll(".more-rows")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button add-row";
      button.dataset.addRow = "";
      button.textContent = words.add;
      details.before(button);
      details.open = true;
    }
    for (const row of answers.querySelectorAll(".answer")) {
      if (row.classList.contains("extra")) row.hidden = true;
      if (!row.parentElement.nextElementSibling?.matches("[data-add-row]")) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "take-out";
      button.dataset.takeOut = "";
      button.textContent = words.out;
      button.setAttribute("aria-label", `${words.out}: ${row.querySelector("legend").textContent}`);
      row.append(button);
    }
  }

  function addRow(rows) {
    const row = [...rows.children].find((one) => one.hidden);
    if (!row) return;
    row.hidden = false;
    rows.append(row);
    place(rows);
    row.querySelector("textarea, input[type=text]").focus();
    if (![...rows.children].some((one) => one.hidden)) rows.nextElementSibling.hidden = true;
  }

  // Emptied rows are dropped when the question is saved.
  function takeOut(row) {
    for (const field of row.querySelectorAll("textarea, input[type=text], select")) field.value = "";
    for (const field of row.querySelectorAll("[type=checkbox], [type=radio]")) field.checked = false;
    const rows = row.parentElement;
    const button = rows.nextElementSibling;
    row.hidden = true;
    button.hidden = false;
    button.focus();
    form.dispatchEvent(new Event("input", { bubbles: true }));
    if (row.querySelector("[name^=payload-right-]")) labelRights();
  }

  // What is out of sight stands at the end.
  function place(rows) {
    const shown = [...rows.children].filter((one) => !one.hidden);
    shown.forEach((row, at) => {
      const field = row.querySelector("[data-position]");
      if (field) field.value = String(at + 1);
    });
  }

  // What each on the left may belong with is called as it is typed now
  function labelRights() {
    const texts = new Map();
    for (const field of form.querySelectorAll("[name^=payload-right-][name$=-text]")) {
      texts.set(field.name.split("-")[2], field.value.trim().replace(/\s+/g, " "));
    }
    for (const option of form.querySelectorAll("[name^=payload-left-][name$=-pair] option")) {
      const text = texts.get(option.value);
      if (option.value && text) option.textContent = `${Number(option.value) + 1}. ${text.slice(0, 50)}`;
    }
  }

  // The time is asked of what is scheduled alone
  function showTime() {
    const row = form.querySelector(".fieldBox.field-publish_at");
    const status = form.elements.status;
    if (row && status) row.hidden = status.value !== "scheduled" && !row.querySelector(".errorlist");
  }

  // Tried without being sent: what is typed stays unsaved
  form.querySelector("[data-try]")?.addEventListener("click", (event) => {
    event.preventDefault();
    const copy = document.createElement("form");
    Object.assign(copy, { method: "post", action: event.target.formAction, target: "trial", hidden: true });
    for (const [name, value] of new FormData(form)) {
      if (typeof value !== "string") continue;
      const field = document.createElement("textarea");
      Object.assign(field, { name, value });
      copy.append(field);
    }
    document.body.append(copy);
    copy.submit();
    copy.remove();
  });

  // The trial: as tall as what is in it, in the theme of the page

  const frame = form.querySelector("[data-trial]");
  function fit() {
    const page = frame.contentDocument?.documentElement;
    const main = page?.querySelector("main");
    if (!main) return;
    const { theme } = document.documentElement.dataset;
    if (theme === "light" || theme === "dark") page.dataset.theme = theme;
    frame.style.height = `${Math.min(Math.ceil(main.getBoundingClientRect().bottom + page.scrollTop) + 20, 1400)}px`;
  }
  frame?.addEventListener("load", () => {
    fit();
    const said = frame.contentDocument?.querySelector(".feedback, .error-summary");
    if (said && document.activeElement === frame) said.focus();
  });

  enliven();
  showTime();
})();

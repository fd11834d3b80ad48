// Grading: points of a rubric added up while one chooses, and keys to walk through the queue.
// Without this file every link leads there, and the points are added up on saving.
"use strict";

(() => {
  const desk = document.querySelector("[data-desk]");
  const form = desk.querySelector("[data-grade]");

  // Points come with two places at most: whole hundredths are added, which is exact.
  const hundredths = (text) => Math.round(Number(text) * 100);

  function add() {
    const sum = form.querySelector("[data-sum]");
    if (!sum) return;
    const chosen = [...form.querySelectorAll("[data-points]:checked")];
    const total = chosen.reduce((all, one) => all + hundredths(one.dataset.points), 0);
    sum.value = (total / 100).toLocaleString(document.documentElement.lang || undefined);
  }

  if (form) {
    form.addEventListener("change", add);
    add();
  }

  // Keys can be turned off, in this browser; private windows may refuse to remember it.
  const NAME = "grading-keys";
  const keys = { on: true };

  try {
    keys.on = localStorage.getItem(NAME) !== "off";
  } catch {}

  function show() {
    const holder = desk.querySelector("[data-keys-switch]");
    for (const key of desk.querySelectorAll(".keys")) key.hidden = !keys.on;
    if (!holder) return;
    holder.hidden = false;
    holder.querySelector("button").textContent = keys.on ? holder.dataset.off : holder.dataset.on;
  }

  desk.querySelector("[data-keys-switch] button")?.addEventListener("click", () => {
    keys.on = !keys.on;
    try {
      localStorage.setItem(NAME, keys.on ? "on" : "off");
    } catch {}
    show();
  });

  show();

  // Single keys never act while something is typed or chosen in a field.
  const FIELDS = "input:not([type=radio]), select, textarea, [contenteditable]";
  const WAYS = { j: "after", n: "after", k: "before", p: "before" };

  function go(way) {
    const link = desk.querySelector(`[data-key=${way}]`);
    link?.click();
    return Boolean(link);
  }

  function toGrade() {
    const fields = "input:not([type=hidden]):not([disabled]), textarea";
    const field = form?.querySelector("input[type=radio]:checked") ?? form?.querySelector(fields);
    field?.focus();
    return Boolean(field);
  }

  document.addEventListener("keydown", (event) => {
    if (!keys.on || event.repeat || event.defaultPrevented || event.isComposing) return;
    const sends = (event.ctrlKey || event.metaKey) && event.key === "Enter";
    if (sends && form?.contains(event.target)) {
      event.preventDefault();
      form.querySelector("[name=then][value=next]").click();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(FIELDS)) return;
    const key = event.key.toLowerCase();
    const acted = key === "g" ? toGrade() : WAYS[key] && go(WAYS[key]);
    if (acted) event.preventDefault();
  });
})();

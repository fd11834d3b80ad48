// Putting in order with buttons. Without this file a select in each row does the same.
"use strict";

(() => {
  function rowsOf(list) {
    return [...list.children];
  }

  function number(list) {
    const rows = rowsOf(list);
    rows.forEach((row, at) => {
      row.querySelector("b").textContent = String(at + 1);
      row.querySelector("select").value = String(at + 1);
      row.querySelector("[data-move='-1']").disabled = at === 0;
      row.querySelector("[data-move='1']").disabled = at === rows.length - 1;
    });
  }

  function say(group, row) {
    const region = group.querySelector("[data-said]");
    const rows = rowsOf(row.parentElement);
    const words = {
      item: row.querySelector("[data-text]").textContent.trim(),
      place: rows.indexOf(row) + 1,
      count: rows.length,
    };
    region.textContent = region.dataset.said.replace(/\{(\w+)\}/g, (_, name) => words[name]);
  }

  function move(button) {
    const row = button.closest("li");
    if (button.dataset.move === "-1") row.previousElementSibling.before(row);
    else row.nextElementSibling.after(row);
    number(row.parentElement);
    // A button at the end of its way cannot keep the focus; its neighbour in the row can.
    const focused = button.disabled ? row.querySelector("[data-move]:not(:disabled)") : button;
    focused.focus();
    say(button.closest("[data-order]"), row);
    row.querySelector("select").dispatchEvent(new Event("change", { bubbles: true }));
  }

  // An answer was put back into the fields: the rows go where their fields say.
  function follow(list) {
    const order = [...list.querySelectorAll("[name=item]")].map((field) => field.value);
    for (const id of order) {
      const row = rowsOf(list).find((one) => one.dataset.item === id);
      if (row) list.append(row);
    }
    for (const row of rowsOf(list)) row.querySelector("[name=item]").value = row.dataset.item;
    number(list);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-order] [data-move]");
    if (button && !button.disabled) move(button);
  });
  document.addEventListener("filled", (event) => {
    for (const list of event.target.querySelectorAll("[data-order] .sortable")) follow(list);
  });
  document.documentElement.dataset.orderBy = "buttons";
})();

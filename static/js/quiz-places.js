// The questions of a quiz are put in order as the rows of a lesson are (editor-rows.js, which begins
// after this file). Without script one types the positions.
"use strict";

(() => {
  const list = document.querySelector("#places-group tbody");
  if (!list) return;
  list.dataset.rows = "places";
  for (const row of list.querySelectorAll("tr.has_original")) {
    const place = row.querySelector("[name$=-position]");
    if (!place) continue;
    row.dataset.row = "";
    row.dataset.name = row.querySelector("[name$=-question] option:checked")?.textContent.trim() ?? "";
    place.dataset.position = "";
    row.querySelector("td.field-position").dataset.rowTools = "";
  }
})();

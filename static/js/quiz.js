// Saving while answering. Without this file the button "Save and go on" does the same.
"use strict";

(() => {
  const form = document.querySelector("form[data-now]");
  const status = document.getElementById("saved");
  const notSaved = document.getElementById("not-saved");
  if (!form || !status || !notSaved) return;

  const opened = Date.now();
  let last = 0;
  let waiting = false;

  // Milliseconds by the server's clock, so that it does not matter what this device's clock says.
  function sequence() {
    last = Math.max(last + 1, Number(form.dataset.now) + Date.now() - opened);
    return last;
  }

  function failed() {
    waiting = true;
    status.replaceChildren(notSaved.content.cloneNode(true));
  }

  form.addEventListener("submit", () => {
    form.elements.sequence.value = sequence();
  });
  form.addEventListener("htmx:configRequest", (event) => {
    event.detail.parameters.sequence = String(sequence());
  });
  form.addEventListener("htmx:beforeSwap", (event) => {
    waiting = false;
    // The server says why it did not save: signed out, handed in, not an answer.
    if ([401, 409, 422].includes(event.detail.xhr.status)) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    form.addEventListener(name, failed);
  }
  window.addEventListener("online", () => {
    if (waiting) form.dispatchEvent(new Event("change"));
  });
})();

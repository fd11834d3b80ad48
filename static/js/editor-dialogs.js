// Small questions in a <dialog>: the answer's fields, or nothing where somebody cancels.
"use strict";

const EditorDialogs = {
  // `prepare(form)` fills the form in before it is shown.
  ask(name, prepare = () => {}) {
    const dialog = document.getElementById(`editor-ask-${name}`);
    if (!dialog || dialog.open) return Promise.resolve(null);
    const form = dialog.querySelector("form");
    form.reset();
    prepare(form);
    dialog.returnValue = "";
    const focused = document.activeElement;
    // Chromium forgets where the cursor was in a text that was inert.
    const { selectionStart: from, selectionEnd: to } = focused ?? {};
    return new Promise((resolve) => {
      dialog.addEventListener(
        "close",
        () => {
          focused?.focus?.();
          if (Number.isInteger(from)) focused.setSelectionRange(from, to);
          resolve(dialog.returnValue === "ok" ? new FormData(form) : null);
        },
        { once: true },
      );
      dialog.showModal();
    });
  },
};

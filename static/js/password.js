// A button that shows what was typed, on every password field: one field is then enough.
(() => {
  const words = {
    show: "Show password",
    hide: "Hide password",
    ...document.currentScript?.dataset, // translations: data-show, data-hide
  };
  for (const field of document.querySelectorAll('input[type="password"]')) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn--quiet btn--sm";
    button.textContent = words.show;
    button.setAttribute("aria-controls", field.id);
    button.addEventListener("click", () => {
      const hidden = field.type === "password";
      field.type = hidden ? "text" : "password";
      button.textContent = hidden ? words.hide : words.show;
      field.focus();
    });
    // What is shown while typing must not be kept by the browser as text.
    field.form?.addEventListener("submit", () => { field.type = "password"; });
    const row = document.createElement("div");
    row.className = "row";
    row.append(button);
    field.after(row);
  }
})();

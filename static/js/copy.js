// A Copy button for every `figure.code`, where the browser can copy at all (not over plain http).
(() => {
  if (!navigator.clipboard) return;

  const words = { copy: "Copy", copied: "Copied", ...document.currentScript.dataset };
  const icon = `<svg class="icon" aria-hidden="true" viewBox="0 0 24 24" fill="none" stroke="currentColor"
    stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><rect width="14" height="14" x="8" y="8"
    rx="2"/><path d="M4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2"/></svg>`;

  const addButtons = () => {
    for (const caption of document.querySelectorAll("figure.code > figcaption:not(:has(button))")) {
      // The status stands beside the button: what changes inside a button is not read out everywhere.
      const tools = document.createElement("span");
      tools.className = "row no-print";
      tools.innerHTML = `<span role="status"></span>
        <button class="btn btn--quiet btn--sm" type="button" data-copy>${icon}</button>`;
      tools.querySelector("button").append(words.copy);
      caption.append(tools);
    }
  };

  const copy = async (button) => {
    const code = button.closest("figure").querySelector("code");
    const status = button.parentElement.querySelector("[role=status]");
    try {
      await navigator.clipboard.writeText(code.textContent);
    } catch {
      getSelection().selectAllChildren(code); // refused: one key press is left to do
      return;
    }
    status.textContent = words.copied;
    clearTimeout(status.timer);
    status.timer = setTimeout(() => status.replaceChildren(), 2000);
  };

  // Listens on the window, so that buttons in parts swapped in or restored by htmx work too.
  addEventListener("click", ({ target }) => {
    const button = target.closest("[data-copy]");
    if (button) copy(button);
  });
  for (const event of ["DOMContentLoaded", "htmx:afterSwap"]) addEventListener(event, addButtons);
})();

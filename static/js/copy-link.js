// A button that copies the address in a field, where the browser can copy at all (not over plain http).
(() => {
  if (!navigator.clipboard) return;

  for (const button of document.querySelectorAll("[data-copy-link]")) button.hidden = false;

  addEventListener("click", async ({ target }) => {
    const button = target.closest("[data-copy-link]");
    if (!button) return;
    const field = document.getElementById(button.dataset.copyLink);
    const status = button.parentElement.querySelector("[role=status]");
    try {
      await navigator.clipboard.writeText(field.value);
      status.textContent = button.dataset.copied;
    } catch {
      field.select(); // refused: one key press is left to do
    }
  });
})();

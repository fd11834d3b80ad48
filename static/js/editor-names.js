// The admin's fields that search while one types are built by Select2, which tells no screen reader
// what they are of: each gets the name of the field that it stands for.
"use strict";

(() => {
  function nameOf(select) {
    const label = select.labels?.[0];
    if (!label) return select.getAttribute("aria-label");
    return label.textContent.trim().replace(/:$/, "");
  }

  function name(select) {
    const box = select.nextElementSibling?.querySelector?.(".select2-selection");
    const text = nameOf(select);
    if (!box || !text) return;
    const chosen = box.querySelector(".select2-selection__rendered");
    box.removeAttribute("aria-labelledby");
    const say = () => {
      const value = chosen?.getAttribute("title");
      box.setAttribute("aria-label", value ? `${text}: ${value}` : text);
      chosen?.setAttribute("aria-label", text);
    };
    say();
    // Select2 writes what was chosen into this element.
    const changes = { childList: true, attributeFilter: ["title"] };
    if (chosen) new MutationObserver(say).observe(chosen, changes);
  }

  const built = "select.admin-autocomplete.select2-hidden-accessible:not([data-named])";

  function all() {
    for (const select of document.querySelectorAll(built)) {
      select.dataset.named = "";
      name(select);
    }
  }

  if (!document.querySelector("select.admin-autocomplete")) return;
  // Each is built when its script comes to it, those of added rows later still.
  new MutationObserver(all).observe(document.body, { childList: true, subtree: true });
  all();
})();

// A tick that did not reach the site is taken back, and says so where it stands.
(() => {
  let said;
  const fail = (event) => {
    const box = event.detail.elt;
    if (!box.matches(".tick")) return;
    box.checked = !box.checked;
    said?.remove();
    said = document.getElementById("not-saved").content.firstElementChild.cloneNode(true);
    box.closest("label").after(said);
  };
  document.addEventListener("htmx:sendError", fail);
  document.addEventListener("htmx:responseError", fail);
  document.addEventListener("htmx:afterOnLoad", () => said?.remove());
})();

// Ticks without a reload. htmx comes when somebody is about to tick: most who read do not.
"use strict";

(() => {
  const source = document.currentScript.dataset.htmx;
  const USES = "[hx-post]";
  let coming;
  let said;

  // A tick that did not reach the site is taken back, and says so where it stands.
  function fail(box) {
    if (!box.matches(".tick")) return;
    box.checked = !box.checked;
    said?.remove();
    said = document.getElementById("not-saved").content.firstElementChild.cloneNode(true);
    box.closest("label").after(said);
  }

  // htmx looks at the page once, when it is whole.
  const whole = new Promise((done) => {
    if (document.readyState === "complete") done();
    else addEventListener("load", done, { once: true });
  });

  function load() {
    return new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = source;
      script.addEventListener("load", done);
      script.addEventListener("error", () => {
        coming = undefined;
        script.remove();
        failed();
      });
      document.head.append(script);
    });
  }

  function bring() {
    coming ??= whole.then(load);
    return coming;
  }

  function prepare({ target }) {
    if (!window.htmx && target.closest?.(USES)) bring().catch(() => {});
  }

  // What was pressed before htmx was there is done when it is; a button can do without.
  async function late(event) {
    const pressed = event.target.closest(USES);
    if (window.htmx || !pressed || (event.type === "click") !== pressed.matches("button")) return;
    event.preventDefault();
    try {
      await bring();
      window.htmx.trigger(pressed, event.type);
    } catch {
      if (pressed.matches("button")) pressed.form.requestSubmit(pressed);
      else fail(pressed);
    }
  }

  for (const type of ["pointerover", "focusin"]) document.addEventListener(type, prepare);
  for (const type of ["click", "change"]) document.addEventListener(type, late);
  for (const type of ["htmx:sendError", "htmx:responseError"]) {
    document.addEventListener(type, ({ detail }) => fail(detail.elt));
  }
  document.addEventListener("htmx:afterOnLoad", () => said?.remove());

  // What is fetched when it comes into view.
  const sight = new IntersectionObserver((seen) => {
    if (seen.some((one) => one.isIntersecting)) bring().catch(() => {});
  });
  for (const part of document.querySelectorAll("[hx-get]")) sight.observe(part);
})();

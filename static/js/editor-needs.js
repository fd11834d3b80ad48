// A browser offers the addresses of concepts for the whole of a field. Here it offers them for the
// last of several with commas between: each is offered behind what stands before it.
"use strict";

(() => {
  const list = document.getElementById("concept-addresses");
  if (!list) return;
  const known = [...list.options].map((option) => [option.value, option.textContent]);

  function offer({ target }) {
    if (target.getAttribute?.("list") !== list.id) return;
    const before = target.value.slice(0, target.value.lastIndexOf(",") + 1);
    const said = before.split(/[\s,]+/);
    const start = before ? `${before} ` : "";
    const free = known.filter(([address]) => !said.includes(address));
    list.replaceChildren(...free.map(([address, name]) => new Option(name, start + address)));
  }

  document.addEventListener("focusin", offer);
  document.addEventListener("input", offer);
})();

// While points are typed: what the best levels of all criteria come to.
"use strict";

(() => {
  const points = (field) => Number(field.value.trim().replace(",", ".")) || 0;

  document.addEventListener("input", ({ target }) => {
    const form = target.closest("#rubric-form");
    if (!form || !target.matches("[data-points-field]")) return;
    const best = [...form.querySelectorAll("[data-row]")].map((row) =>
      Math.max(0, ...[...row.querySelectorAll("[data-points-field]")].map(points)),
    );
    const sum = Math.round(best.reduce((one, other) => one + other, 0) * 100) / 100;
    form.querySelector("[data-sum]").textContent = sum;
    if (form.dataset.points === undefined) return;
    const differs = sum !== Number(form.dataset.points);
    form.querySelector("[data-differ]").hidden = !differs;
    const notice = form.querySelector("[data-sum-notice]");
    if (differs) notice.dataset.state = "warning";
    else delete notice.dataset.state;
  });
})();

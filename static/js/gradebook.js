// Moving through the cells of the gradebook by keyboard: one stop for Tab, arrows inside.
const grid = document.querySelector("[data-grid]");

function links(row) {
  return [...row.querySelectorAll("a")];
}

function go(link) {
  grid.querySelectorAll('a[tabindex="0"]').forEach((one) => (one.tabIndex = -1));
  link.tabIndex = 0;
  link.focus();
}

function target(event, row, place) {
  const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const back = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
  const own = links(row);
  const at = (other) => other && links(other)[place];
  switch (event.key) {
    case forward: return own[place + 1];
    case back: return own[place - 1];
    case "ArrowDown": return at(row.nextElementSibling);
    case "ArrowUp": return at(row.previousElementSibling);
    case "Home": return event.ctrlKey ? links(grid.firstElementChild)[0] : own[0];
    case "End": return event.ctrlKey ? links(grid.lastElementChild).at(-1) : own.at(-1);
    default: return undefined;
  }
}

if (grid) {
  grid.querySelectorAll("a").forEach((link) => (link.tabIndex = -1));
  grid.querySelector("a").tabIndex = 0;
  document.querySelector("[data-keys]").hidden = false;
  grid.addEventListener("focusin", (event) => {
    if (event.target.matches("a") && event.target.tabIndex !== 0) go(event.target);
  });
  grid.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey || !event.target.matches("a")) return;
    const row = event.target.closest("tr");
    const next = target(event, row, links(row).indexOf(event.target));
    if (!next) return;
    event.preventDefault();
    go(next);
  });
}

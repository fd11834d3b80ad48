// Dragging a row by its grip, with mouse, pen or finger. While it is dragged all rows are folded to
// their names, so that a long lesson fits a screen; Escape puts it back.
"use strict";

(() => {
  const slack = 4;
  const edge = 60;
  let drag = null;

  function begin(event) {
    const grip = event.target.closest?.("[data-grip]");
    const row = grip?.closest("[data-row]");
    if (!row || event.button !== 0) return;
    grip.setPointerCapture(event.pointerId);
    const { parentElement: list } = row;
    const { clientY: y } = event;
    drag = { row, grip, list, y, from: y, started: false, before: EditorRows.of(list) };
  }

  function start() {
    drag.started = true;
    drag.list.dataset.moving = "";
    drag.row.dataset.dragged = "";
    // What was folded above must not carry the row away from the hand.
    const { top, height } = drag.grip.getBoundingClientRect();
    scrollBy({ top: top + height / 2 - drag.y, behavior: "instant" });
    requestAnimationFrame(creep);
  }

  // At the edges of the screen the page goes along.
  function creep() {
    if (!drag?.started) return;
    const way = drag.y < edge ? -1 : drag.y > innerHeight - edge ? 1 : 0;
    if (way) {
      scrollBy({ top: way * 12, behavior: "instant" });
      settle();
    }
    requestAnimationFrame(creep);
  }

  // The row goes past every neighbour whose middle the pointer has passed.
  function settle() {
    for (const way of [-1, 1]) {
      let rows = EditorRows.of(drag.list);
      let other = rows[rows.indexOf(drag.row) + way];
      while (other) {
        const { top, height } = other.getBoundingClientRect();
        if (way < 0 ? drag.y > top + height / 2 : drag.y < top + height / 2) break;
        EditorRows.step(drag.row, way);
        rows = EditorRows.of(drag.list);
        other = rows[rows.indexOf(drag.row) + way];
      }
    }
  }

  function move(event) {
    if (!drag) return;
    drag.y = event.clientY;
    if (!drag.started && Math.abs(drag.y - drag.from) > slack) start();
    if (drag.started) settle();
  }

  function end(keep) {
    if (!drag) return;
    const { row, list, before, started, grip } = drag;
    drag = null;
    if (!started) return;
    delete list.dataset.moving;
    delete row.dataset.dragged;
    if (!keep) list.append(...before);
    else if (EditorRows.of(list).some((one, at) => one !== before[at])) EditorRows.moved(row);
    row.scrollIntoView({ block: "nearest", behavior: "instant" });
    grip.focus({ preventScroll: true });
  }

  document.addEventListener("pointerdown", begin);
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", () => end(true));
  document.addEventListener("pointercancel", () => end(false));
  document.addEventListener("keydown", (event) => event.key === "Escape" && drag && end(false));
})();

// The definition of a word beside its link to the glossary: on hover and focus, gone with Escape.
const note = document.createElement("div");
const known = new Map();
let link, timer;

const hide = () => {
  clearTimeout(timer);
  link?.removeAttribute("aria-describedby");
  link = null;
  note.hidePopover();
};

const place = () => {
  const { top, bottom, left } = link.getClientRects()[0];
  const { offsetHeight: height, offsetWidth: width } = note;
  note.style.top = `${bottom + height > innerHeight && top > height ? top - height : bottom}px`;
  note.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
};

const show = async (to) => {
  hide();
  link = to;
  const { pathname, hash } = to;
  if (!known.has(hash)) {
    const asked = fetch(`${pathname}${hash.slice(1)}/`);
    known.set(hash, asked.then((answer) => answer.ok && answer.json()).catch(() => {}));
  }
  const said = await known.get(hash);
  if (!said || link !== to) return;
  note.innerHTML = said.html;
  note.showPopover();
  to.setAttribute("aria-describedby", note.id);
  place();
};

const over = ({ target, type, pointerType }) => {
  const to = target.closest("a.term");
  const focus = type === "focusin";
  if (pointerType === "touch" || (!to && !focus && document.activeElement === link)) return;
  clearTimeout(timer);
  if (to ? to !== link : !note.contains(target))
    timer = setTimeout(() => (to ? show(to) : hide()), focus ? 0 : 250);
};

if (note.showPopover) {
  Object.assign(note, { id: "term-note", className: "term-note small", role: "tooltip", popover: "manual" });
  document.getElementById("main").append(note);
  for (const type of ["pointerover", "focusin"]) addEventListener(type, over);
  addEventListener("focusout", hide);
  addEventListener("scroll", () => link && place());
  addEventListener("keydown", ({ key }) => key === "Escape" && hide());
}

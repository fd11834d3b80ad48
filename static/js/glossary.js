// Shows, as one types, the terms that have every word typed: first those whose name begins with
// them, then those whose name has them, then those whose definition does; as the server does
// without this (courses/glossary/page.py).
const form = document.getElementById("find-term");

if (form) {
  const field = form.elements.q;
  const status = document.getElementById("terms-found");
  const none = document.getElementById("no-term");
  const search = document.getElementById("search-course");
  const links = document.querySelector(".letters");
  const fold = (text) => text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();
  const group = (section) => ({ section, list: section.querySelector("dl"), terms: [] });
  const found = [...document.querySelectorAll(".found")].map(group);
  const letters = [...document.querySelectorAll(".letter:not(.found)")].map(group);

  const read = (entry) => {
    const own = entry.querySelector("dfn").textContent;
    const names = [own, ...(entry.dataset.also ?? "").split("\n").filter(Boolean)].map(fold);
    const parts = [...entry.children].filter((part) => !part.matches("dt, .where"));
    return { entry, names, said: [...names, ...parts.map((part) => fold(part.textContent))].join(" ") };
  };
  for (const { section, list, terms } of letters) {
    terms.push(...[...list.children].map(read));
    // What the server found goes back to its place under its letter, the first one first.
    const away = document.querySelectorAll(`[data-letter="${section.getAttribute("aria-labelledby")}"]`);
    for (const entry of [...away].sort((one, other) => one.dataset.at - other.dataset.at)) {
      terms.splice(entry.dataset.at, 0, read(entry));
    }
  }

  // The order of courses.glossary.page.Match.
  const matchOf = ({ names, said }, words) => {
    const has = (text) => words.every((word) => text.includes(word));
    if (!words.length || !has(said)) return -1;
    const at = names.findIndex((name) => name.startsWith(words.join(" ")));
    if (at >= 0) return Math.min(at, 1);
    return names.some(has) ? 2 : 3;
  };

  const filter = () => {
    const asked = field.value.trim();
    const words = fold(asked).split(/\s+/).filter(Boolean);
    const matches = [[], [], [], []];
    for (const { section, list, terms } of letters) {
      const left = terms.filter((term) => {
        const match = matchOf(term, words);
        matches[match]?.push(term.entry);
        return match < 0;
      });
      list.replaceChildren(...left.map(({ entry }) => entry));
      section.hidden = asked !== "";
    }
    const [first, other, ...rest] = matches;
    [[...first, ...other], ...rest].forEach((entries, at) => {
      found[at].list.replaceChildren(...entries);
      found[at].section.hidden = !entries.length;
    });
    const number = matches.flat().length;
    links.hidden = asked !== "";
    none.hidden = !asked || number > 0;
    status.textContent = asked ? status.dataset.some.replace("{number}", number) : status.dataset.all;
    const query = asked ? `?q=${encodeURIComponent(asked)}` : "";
    search.search = query;
    history.replaceState(history.state, "", location.pathname + query);
  };

  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 120);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    filter();
  });
}

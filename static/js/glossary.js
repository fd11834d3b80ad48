// Shows, as one types, the terms that have every word typed. Without this the form asks the server.
const form = document.getElementById("find-term");

if (form) {
  const field = form.elements.q;
  const status = document.getElementById("terms-found");
  const none = document.getElementById("no-term");
  const search = document.getElementById("search-course");
  const links = document.querySelectorAll(".letters li");
  const fold = (text) => text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();
  const said = (entry) =>
    fold([entry.dataset.also ?? "", ...[...entry.children].filter((part) => !part.matches(".where")).map((part) => part.textContent)].join(" "));
  const letters = [...document.querySelectorAll(".letter")].map((section) => ({
    section,
    entries: [...section.querySelectorAll(".entry")].map((entry) => ({ entry, text: said(entry) })),
  }));

  const filter = () => {
    const asked = field.value.trim();
    const words = fold(asked).split(/\s+/).filter(Boolean);
    let number = 0;
    letters.forEach(({ section, entries }, at) => {
      const shown = entries.filter(({ entry, text }) => {
        entry.hidden = !words.every((word) => text.includes(word));
        return !entry.hidden;
      }).length;
      section.hidden = links[at].hidden = !shown;
      number += shown;
    });
    none.hidden = number > 0;
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

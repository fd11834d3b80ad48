// A search box above a long select: `data-filter` on the select holds its label.
for (const select of document.querySelectorAll("select[data-filter]")) {
  const groups = [...select.children].map((node) => [node, [...node.children]]);
  const search = Object.assign(document.createElement("input"), {
    type: "search",
    className: "input",
    autocomplete: "off",
    placeholder: select.dataset.filter,
  });
  search.setAttribute("aria-label", select.dataset.filter);
  search.setAttribute("aria-controls", select.id);

  // Options are taken out and put back: not every browser can hide them.
  const show = () => {
    const chosen = select.value;
    const wanted = search.value.trim().toLowerCase().replaceAll(" ", "_");
    const fits = (option) =>
      option.value === chosen ||
      option.value.toLowerCase().includes(wanted) ||
      option.text.toLowerCase().replaceAll(" ", "_").includes(wanted);
    select.replaceChildren();
    for (const [node, options] of groups) {
      if (!options.length) {
        if (fits(node)) select.append(node);
        continue;
      }
      node.replaceChildren(...options.filter(fits));
      if (node.children.length) select.append(node);
    }
    select.value = chosen;
    select.size = wanted ? Math.min(8, select.length + select.children.length) : 1;
  };
  search.addEventListener("input", show);
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // Enter looks, it does not save
    const first = [...select.options].find((option) => !option.defaultSelected);
    if (search.value && first) select.value = first.value;
    select.focus();
  });
  select.before(search);
}

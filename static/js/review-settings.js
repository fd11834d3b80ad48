// A slider beside the number that it sets; without this script the number alone is there.
for (const row of document.querySelectorAll("[data-range-of]")) {
  const number = document.getElementById(row.dataset.rangeOf);
  const range = row.querySelector("input");
  range.value = number.value || 90;
  range.addEventListener("input", () => {
    number.value = range.value;
  });
  number.addEventListener("input", () => {
    if (number.value !== "") {
      range.value = number.value;
    }
  });
  row.hidden = false;
}

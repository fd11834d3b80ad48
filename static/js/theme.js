// Colour theme: automatic, light, dark, and round again. Loaded in <head> without `defer`,
// so that the first paint already has the right colours; <body> is not there yet.
//
// Two places can hold a choice. Without an account it is this browser's (localStorage). With one,
// the server writes it as <html data-theme>, and it is the same in every browser; what the button
// then says is for this tab only (sessionStorage), and changing the preference ends it, because the
// key names the preference that it stood against.
(() => {
  const root = document.documentElement;
  const preference = root.dataset.theme;
  const key = preference ? `theme-not-${preference}` : "theme";
  const themes = ["auto", "light", "dark"];
  const words = {
    auto: "Colour theme: automatic",
    light: "Colour theme: light",
    dark: "Colour theme: dark",
    ...document.currentScript.dataset, // translations: data-auto, data-light, data-dark
  };

  // Private windows may refuse storage; the theme then lasts as long as the page.
  const store = () => (preference ? sessionStorage : localStorage);
  let theme = preference || "auto";
  const read = () => {
    try {
      const stored = store().getItem(key);
      if (themes.includes(stored)) theme = stored;
    } catch {}
  };
  const write = () => {
    try {
      store().setItem(key, theme);
    } catch {}
  };

  const show = () => {
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    for (const button of document.querySelectorAll("[data-theme-toggle]")) {
      button.hidden = false;
      button.setAttribute("aria-label", words[theme]);
    }
  };
  const refresh = () => {
    read();
    show();
  };

  refresh();
  // `pageshow` for a page that the Back button brings out of the browser's memory.
  for (const event of ["DOMContentLoaded", "pageshow", "htmx:afterSwap"]) {
    addEventListener(event, refresh);
  }
  addEventListener("click", ({ target }) => {
    if (!target.closest("[data-theme-toggle]")) return;
    theme = themes[(themes.indexOf(theme) + 1) % themes.length];
    write();
    show();
  });
})();

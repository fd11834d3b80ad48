// allauth tells of a passkey that could not be made or used by an event; say it on the page.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const problem = document.getElementById("passkey_problem");
  if (problem) problem.hidden = false;
});

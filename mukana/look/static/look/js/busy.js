// A form that takes longer than 400 ms says so: its button is busy with the words of
// data-busy ("Lähetetään…"). The button keeps its place and the form is sent only once.
const WAIT = 400;

document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  if (!button || !button.dataset.busy || form.method === "dialog") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  setTimeout(() => {
    button.setAttribute("aria-busy", "true");
    button.dataset.words = button.textContent.trim();
    button.textContent = button.dataset.busy;
  }, WAIT);
});

// Coming back with the browser's arrow shows the page as it was left, and so does a form that
// could not leave (offline.js): make it usable again.
addEventListener("pageshow", (event) => event.persisted && usable());
addEventListener("unsent", usable);

function usable() {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("[aria-busy='true'][data-words]")) {
    button.removeAttribute("aria-busy");
    button.textContent = button.dataset.words;
  }
}

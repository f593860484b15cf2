// A button with data-opens="id" opens that <dialog>; the browser itself closes it with
// Escape and gives the focus back. Without this file the button's form or link is followed.
for (const opener of document.querySelectorAll("[data-opens]")) {
  const dialog = document.getElementById(opener.dataset.opens);
  if (!dialog || !dialog.showModal) continue;
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
  });
}

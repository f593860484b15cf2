// After a form comes back with something to mend, the summary gets the focus,
// and its links lead to the field itself.
const summary = document.querySelector("[data-errors]");

if (summary) {
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const target = link && document.querySelector(link.getAttribute("href"));
    if (!target) return;
    event.preventDefault();
    const field = target.matches("input, select, textarea") ? target : target.querySelector("input, select, textarea");
    target.scrollIntoView({ block: "center" });
    (field || target).focus({ preventScroll: true });
  });
}

// Menus of the header: Escape closes and returns the focus, a click elsewhere closes,
// and opening one closes the others. Without this file they still open and close.
const menus = [...document.querySelectorAll("[data-menu]")];

const closeOthers = (kept) => menus.forEach((menu) => menu !== kept && menu.removeAttribute("open"));

for (const menu of menus) {
  menu.addEventListener("toggle", () => menu.open && closeOthers(menu));
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.removeAttribute("open");
    menu.querySelector("summary").focus();
  });
}

document.addEventListener("click", (event) => closeOthers(event.target.closest("[data-menu]")));
document.addEventListener("focusin", (event) => closeOthers(event.target.closest("[data-menu]")));

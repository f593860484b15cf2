// Offers words while one types.  Without this file the field is a plain field.
const WAIT = 180; // milliseconds after the last key
const LEAST = 2; // letters
const MOST = 6; // words

for (const input of document.querySelectorAll("input[data-words]")) offer(input);

function offer(input) {
  const list = document.createElement("ul");
  const status = document.createElement("p");
  list.id = `${input.id}-sanat`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.offers);
  list.hidden = true;
  status.className = "sr";
  status.setAttribute("role", "status");
  input.after(list, status);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) input.setAttribute(name, value);

  let timer = 0, asked = 0, chosen = -1;
  const options = () => [...list.children];

  function close() {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(index) {
    const all = options();
    chosen = (index + all.length) % all.length;
    all.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    input.setAttribute("aria-activedescendant", all[chosen].id);
  }

  function take(word) {
    input.value = word;
    close();
    input.form.requestSubmit();
  }

  function show(words) {
    list.replaceChildren(...words.map((word, at) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${at}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.textContent = word;
      option.addEventListener("pointerdown", (event) => { event.preventDefault(); take(word); });
      return option;
    }));
    chosen = -1;
    list.hidden = words.length === 0;
    input.setAttribute("aria-expanded", String(words.length > 0));
    status.textContent = words.length ? `${words.length} ${input.dataset.told}` : "";
  }

  async function ask() {
    const mine = ++asked;
    const typed = input.value.trim();
    if (typed.length < LEAST) return close();
    try {
      const answer = await fetch(`${input.dataset.words}?q=${encodeURIComponent(typed)}`);
      if (!answer.ok || mine !== asked || document.activeElement !== input) return;
      show((await answer.json()).words.slice(0, MOST));
    } catch {
      close(); // no network: the field works without offers
    }
  }

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); choose(chosen < 0 ? options().length - 1 : chosen - 1); }
    else if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); take(options()[chosen].textContent); }
    else if (event.key === "Escape") { event.preventDefault(); close(); }
  });
}

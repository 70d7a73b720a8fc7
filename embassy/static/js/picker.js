// Lists what is found while a name is typed (ARIA APG: combobox with list autocomplete); the form works without.

const WAIT = 200;

for (const field of document.querySelectorAll(".picker")) enhance(field);

function enhance(field) {
  const input = field.querySelector("input[type='text']");
  const [slug, said] = field.querySelectorAll("input[type='hidden']");
  const list = made("ul", { role: "listbox", id: `${input.id}.list`, "aria-label": field.querySelector("label").textContent.trim() });
  const told = made("p", { role: "status", class: "hidden-word" });
  let active = -1;
  let waiting;
  let asked;

  field.querySelector("[name='find']").hidden = true;
  field.querySelector(".finding").append(list, told);
  list.hidden = true;
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) input.setAttribute(name, value);

  function close() {
    clearTimeout(waiting);
    asked?.abort();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    active = -1;
  }

  function mark(number) {
    const options = [...list.children];
    active = (number + options.length) % options.length;
    options.forEach((one, place) => one.setAttribute("aria-selected", String(place === active)));
    input.setAttribute("aria-activedescendant", options[active].id);
    options[active].scrollIntoView({ block: "nearest" });
  }

  function choose(option) {
    slug.value = option.dataset.slug;
    said.value = input.value = option.dataset.title;
    field.querySelectorAll("fieldset, .picked").forEach((one) => one.remove());
    input.dispatchEvent(new Event("input", { bubbles: true }));
    close();
  }

  async function find(then) {
    clearTimeout(waiting);
    asked?.abort();
    asked = new AbortController();
    const words = input.value === said.value ? "" : input.value;
    try {
      const answer = await fetch(`${field.dataset.found}?${new URLSearchParams({ q: words.slice(0, 100) })}`, { signal: asked.signal });
      if (answer.ok) show(await answer.json(), then);
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  function show(answer, then) {
    list.replaceChildren(...answer.found.map((one, number) => {
      const option = made("li", { role: "option", id: `${list.id}.${number}`, "aria-selected": "false" });
      option.dataset.slug = one.slug;
      option.dataset.title = one.title;
      option.append(made("bdi", {}, one.title), " ", made("bdi", { class: "meta" }, one.note));
      return option;
    }));
    told.textContent = answer.told;
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = !answer.found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (!list.hidden && then) mark(then === "ArrowDown" ? 0 : -1);
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    if (input.value.trim()) waiting = setTimeout(find, WAIT);
    else close();
  });
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && list.hidden) find(event.key);
    else if (step) mark(active < 0 && step < 0 ? -1 : active + step);
    else if (event.key === "Enter" && active >= 0) choose(list.children[active]);
    else if (event.key === "Enter") find();
    else if (event.key === "Escape" && !list.hidden) close();
    else return;
    event.preventDefault();
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => choose(event.target.closest("li")));
  input.addEventListener("blur", close);
}

function made(name, attributes, text = "") {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  return element;
}

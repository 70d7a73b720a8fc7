// Keeps what is being written in this browser until the service has it; every form works without.

const kept = "desk:";
const begun = "desk:begun";
const writing = document.querySelector("form.writing[data-kept]");
const place = writing && `${kept}${writing.dataset.kept}:${location.pathname.replace(/^\/[^/]+/, "")}`;

for (const leaving of document.querySelectorAll("form[action$='/sign-out']")) {
  leaving.addEventListener("submit", () => {
    for (const name of Object.keys(localStorage)) if (name.startsWith(kept)) localStorage.removeItem(name);
  });
}

if (writing) {
  const fields = () => [...writing.elements].filter((one) => one.name && !["hidden", "submit", "radio", "file"].includes(one.type));
  const said = () => JSON.stringify(fields().map((one) => [one.name, one.value, one.checked ?? false]));
  const notice = document.getElementById("kept");
  const before = said();
  const stored = localStorage.getItem(place);
  const saved = document.querySelector("[role='status'] .good");
  let waiting;

  // A draft that another was begun in is saved by then, though this page is that of the other.
  if (saved) localStorage.removeItem(sessionStorage.getItem(begun));
  sessionStorage.removeItem(begun);
  writing.addEventListener("submit", (event) => {
    if (event.submitter?.name === "begin") sessionStorage.setItem(begun, place);
  });
  if (saved || stored === before) localStorage.removeItem(place);
  else if (stored) notice.hidden = false;

  writing.addEventListener("input", () => {
    clearTimeout(waiting);
    writing.dataset.held = "no";
    waiting = setTimeout(() => {
      localStorage.setItem(place, said());
      writing.dataset.held = "yes";
    }, 300);
  });
  notice.querySelector("[data-back]").addEventListener("click", () => {
    const held = JSON.parse(stored);
    for (const one of fields()) {
      const found = held.find(([name, value]) => name === one.name && (one.type !== "checkbox" || value === one.value));
      if (found && one.type === "checkbox") one.checked = found[2];
      else if (found) one.value = found[1];
    }
    notice.hidden = true;
    writing.querySelector("input:not([type='hidden']), textarea").focus();
  });
  notice.querySelector("[data-forget]").addEventListener("click", () => {
    localStorage.removeItem(place);
    notice.hidden = true;
  });
}

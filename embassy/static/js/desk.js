// Keeps what is being written in this browser until the service has it; every form works without.

const kept = "desk:";
const begun = "desk:begun";
const back = "desk:back";
const writing = document.querySelector("form.writing[data-kept]");
const place = writing && `${kept}${writing.dataset.kept}:${location.pathname.replace(/^\/[^/]+/, "")}`;
// Tells that what was sent was saved, handed in or given up, whichever page tells so.
const settled = document.querySelector("[role='status'] .good");

for (const leaving of document.querySelectorAll("form[action$='/sign-out']")) {
  leaving.addEventListener("submit", () => {
    for (const name of Object.keys(localStorage)) if (name.startsWith(kept)) localStorage.removeItem(name);
  });
}

if (settled) localStorage.removeItem(sessionStorage.getItem(begun));
sessionStorage.removeItem(begun);

if (writing) {
  const fields = () => [...writing.elements].filter((one) => one.name && !["hidden", "submit", "radio", "file"].includes(one.type));
  const said = () => JSON.stringify(fields().map((one) => [one.name, one.value, one.checked ?? false]));
  const notice = document.getElementById("kept");
  const before = said();
  const stored = localStorage.getItem(place);
  const going = sessionStorage.getItem(back) === place;
  let waiting;

  sessionStorage.removeItem(back);
  writing.addEventListener("submit", (event) => {
    if (event.submitter?.name !== "find") sessionStorage.setItem(begun, place);
  });
  if (stored === before) localStorage.removeItem(place);
  else if ("unsaved" in writing.dataset) localStorage.setItem(place, before);
  else if (stored && going) putBack();
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
    const missing = lists();
    if (missing.length === 0) return putBack();
    sessionStorage.setItem(back, place);
    location.search = new URLSearchParams(missing.map((name) => ["more", name]));
  });
  notice.querySelector("[data-forget]").addEventListener("click", () => {
    localStorage.removeItem(place);
    notice.hidden = true;
  });

  function putBack() {
    const held = JSON.parse(stored);
    for (const one of fields()) {
      const found = held.find(([name, value]) => name === one.name && (one.type !== "checkbox" || value === one.value));
      if (found && one.type === "checkbox") one.checked = found[2];
      else if (found) one.value = found[1];
    }
    notice.hidden = true;
    writing.querySelector("input:not([type='hidden']), textarea").focus();
  }

  // The lists that lack parts which were kept, each as often as it lacks one.
  function lists() {
    const here = new Set(fields().map((one) => one.name));
    const gone = JSON.parse(stored).map(([name]) => name).filter((name) => !here.has(name));
    const parts = gone.map((name) => /^\w+\.\d+(?=\.)/.exec(name)?.[0]).filter(Boolean);
    return [...new Set(parts)].map((part) => part.split(".")[0]);
  }
}

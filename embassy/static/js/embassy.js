// Small comforts; every page reads and works without them.

for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  if (!source || !navigator.clipboard) continue;
  const said = document.createElement("span");
  said.className = "copied";
  said.setAttribute("role", "status");
  button.after(said);
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
    said.textContent = button.dataset.copied;
  });
}

for (const time of document.querySelectorAll("time[data-instant]")) {
  const at = new Date(time.dateTime);
  const form = { weekday: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const inZone = (timeZone) => new Intl.DateTimeFormat(document.documentElement.lang, { ...form, timeZone }).format(at);
  const here = inZone(undefined);
  if (here === inZone(time.dataset.zone)) continue;
  const said = document.createElement("span");
  said.className = "your-time";
  said.textContent = time.dataset.instant.replace("{time}", here);
  time.after(" ", said);
}

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
  const form = { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const read = (timeZone) => {
    const parts = new Intl.DateTimeFormat("en-GB", { ...form, timeZone }).formatToParts(at);
    return Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  };
  const here = read(undefined);
  const there = read(time.dataset.zone);
  const sameDay = here.weekday === there.weekday;
  if (sameDay && here.hour === there.hour && here.minute === there.minute) continue;
  // The page names the weekdays, Monday first: few browsers know all of its languages.
  const weekday = sameDay ? "" : `${time.dataset.weekdays.split("|")[(at.getDay() + 6) % 7]} `;
  const said = document.createElement("span");
  said.className = "your-time";
  said.textContent = time.dataset.instant.replace("{time}", `${weekday}${here.hour}:${here.minute}`);
  time.after(" ", said);
}

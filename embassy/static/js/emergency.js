// Keeps the emergency card on this device and says so; the card reads the same without.

const kept = document.getElementById("kept");
const stored = document.getElementById("stored");
const at = document.documentElement.dataset.kept && new Date(document.documentElement.dataset.kept);

if (at) {
  const two = (number) => String(number).padStart(2, "0");
  const date = kept.dataset.dates.split("|")[at.getMonth()];
  kept.querySelector(".title").textContent = kept.dataset.kept
    .replace("{date}", date.replace("{day}", at.getDate()).replace("{year}", at.getFullYear()))
    .replace("{time}", `${two(at.getHours())}:${two(at.getMinutes())}`);
  kept.hidden = false;
} else if ("serviceWorker" in navigator) {
  addEventListener("load", keep);
}

async function keep() {
  await navigator.serviceWorker.register(stored.dataset.worker, { scope: location.pathname });
  await document.fonts.ready;
  const drawn = performance.getEntriesByType("resource").map(({ name }) => new URL(name));
  const ours = drawn.filter(({ origin, pathname }) => origin === location.origin && /^\/(static\/|accent\.css$)/.test(pathname));
  const needed = new Set([new URL(location.pathname, location.origin), ...ours].map(String));
  const cache = await caches.open(location.pathname);
  // Without cookies: what a member of staff sees beside the card is not for keeping.
  await cache.addAll([...needed].map((address) => new Request(address, { credentials: "omit" })));
  for (const { url } of await cache.keys()) if (!needed.has(url)) await cache.delete(url);
  stored.hidden = false;
}

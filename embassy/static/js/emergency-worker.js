// Hands out the emergency card: from the service if it answers in time, else from this device.

const PATIENCE = 5000;
const CARD = new URL(registration.scope).pathname;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  const other = event.request.mode === "navigate" && pathname !== CARD;
  if (event.request.method === "GET" && origin === location.origin && !other) event.respondWith(found(event.request));
});

async function found(request) {
  const signal = AbortSignal.timeout(PATIENCE);
  // A request to navigate takes no signal, its address does; what is read in need is never half a minute old.
  const asked = request.mode === "navigate" ? fetch(request.url, { signal, cache: "no-cache" }) : fetch(request, { signal });
  const fresh = await asked.catch(() => Response.error());
  return fresh.ok ? fresh : ((await kept(request)) ?? fresh);
}

async function kept(request) {
  const cache = await caches.open(CARD);
  const page = request.mode === "navigate";
  const held = await cache.match(request, { ignoreSearch: page, ignoreVary: true });
  if (!held || !page) return held;
  const headers = new Headers(held.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  const told = (await held.text()).replace("<html", `<html data-kept="${headers.get("Date")}"`);
  return new Response(told, { headers });
}

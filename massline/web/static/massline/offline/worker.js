// Lets one page open where there is no network. It keeps that page and its parts, nothing else.

const CACHE = new URL(self.location).searchParams.get("keep");
const SHELL = new URL(self.registration.scope).pathname;
const PATIENCE = 4000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (url.pathname === SHELL) event.respondWith(page(request));
  } else if (request.cache !== "no-store") {
    event.respondWith(part(request));
  }
});

const kept = (what) => caches.match(what, { cacheName: CACHE, ignoreVary: true });

async function page(request) {
  const old = await kept(SHELL);
  const waits = old ? AbortSignal.timeout(PATIENCE) : undefined;
  try {
    const fresh = await fetch(request, { signal: waits });
    if (fresh.ok) await (await caches.open(CACHE)).put(SHELL, fresh.clone());
    return fresh.status >= 500 && old ? old : fresh;
  } catch (problem) {
    if (old) return old;
    throw problem;
  }
}

async function part(request) {
  return (await kept(request)) ?? fetch(request);
}

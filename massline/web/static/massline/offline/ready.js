// Makes a page open without a network, and takes everything of it off the phone again.

const registrations = async () => await navigator.serviceWorker?.getRegistrations() ?? [];
const named = (address, keep) => new URL(address).searchParams.get("keep") === keep;

export async function beReady({ page, worker, keep }) {
  await navigator.serviceWorker.register(`${worker}?keep=${keep}`, { scope: page });
  await navigator.serviceWorker.ready;
  const parts = performance.getEntriesByType("resource").map((entry) => new URL(entry.name));
  const ours = parts.filter((url) =>
    url.origin === location.origin && /\.(css|js|svg)$/.test(url.pathname) &&
    !url.pathname.endsWith("worker.js")
  );
  const cache = await caches.open(keep);
  await cache.addAll([...new Set([page, ...ours.map((url) => url.pathname)])]);
  await navigator.storage?.persist?.();
}

export async function forget(keep) {
  for (const one of await registrations()) {
    const script = (one.active ?? one.waiting ?? one.installing)?.scriptURL;
    if (script && named(script, keep)) await one.unregister();
  }
  await caches.delete(keep);
}

// Reports on this phone that nobody else has yet. A report leaves only after the desk said that it is kept.

const NAME = "massline-door";
const STORE = "reports";

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("another page holds it open"));
  });
}

let opened = null;

function open() {
  if (!opened) {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "uuid" });
    opened = settled(request);
  }
  return opened;
}

// Resolves when the transaction is on the disk, not when it was asked for.
async function change(work) {
  const base = await open();
  return new Promise((resolve, reject) => {
    const transaction = base.transaction(STORE, "readwrite", { durability: "strict" });
    transaction.oncomplete = () => resolve();
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
    work(transaction.objectStore(STORE));
  });
}

export const keep = (report) => change((store) => store.put(report));
export const drop = (uuids) => change((store) => uuids.forEach((uuid) => store.delete(uuid)));

export async function all() {
  const base = await open();
  const waiting = await settled(base.transaction(STORE).objectStore(STORE).getAll());
  return waiting.sort((one, other) => one.order - other.order);
}

export async function wipe() {
  const base = await open();
  base.close();
  opened = null;
  await settled(indexedDB.deleteDatabase(NAME));
}

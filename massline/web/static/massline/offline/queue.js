// What was written on this phone and nobody else has yet. It leaves only after the desk said that it is kept.

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

// In the database `name`, the shelf `store`. Gives {keep, drop, all, wipe} over things that have a uuid, and an order in which they were written.
export function queue(name, store) {
  let opened = null;

  function open() {
    if (!opened) {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: "uuid" });
      opened = settled(request);
      // Where another tab empties the phone, this one lets go of it.
      opened.then((base) => {
        base.onversionchange = () => {
          base.close();
          opened = null;
        };
      });
    }
    return opened;
  }

  // Resolves when the transaction is on the disk, not when it was asked for.
  async function change(work) {
    const base = await open();
    return new Promise((resolve, reject) => {
      const transaction = base.transaction(store, "readwrite", { durability: "strict" });
      transaction.oncomplete = () => resolve();
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
      work(transaction.objectStore(store));
    });
  }

  return {
    keep: (thing) => change((kept) => kept.put(thing)),
    drop: (uuids) => change((kept) => uuids.forEach((uuid) => kept.delete(uuid))),

    async all() {
      const base = await open();
      const waiting = await settled(base.transaction(store).objectStore(store).getAll());
      return waiting.sort((one, other) => one.order - other.order);
    },

    async wipe() {
      const base = await open();
      base.close();
      opened = null;
      await settled(indexedDB.deleteDatabase(name));
    },
  };
}

// Asks the browser where it can be told, and puts its answer into the form, which is then sent like any other.

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

async function subscribe(form) {
  if (await Notification.requestPermission() !== "granted") throw new Error("Notices are not allowed.");
  await navigator.serviceWorker.register(form.dataset.worker, { scope: form.dataset.scope });
  const { pushManager } = await navigator.serviceWorker.ready;
  const applicationServerKey = bytes(form.dataset.key);
  const before = await pushManager.getSubscription();
  // A browser keeps to the key it was given first, and refuses another one: the server's may have changed since.
  if (
    before && String(new Uint8Array(before.options.applicationServerKey)) !== String(applicationServerKey)
  ) {
    await before.unsubscribe();
  }
  const given = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
  const { endpoint, keys } = given.toJSON();
  Object.assign(form.elements.endpoint, { value: endpoint });
  Object.assign(form.elements.key, { value: keys.p256dh });
  Object.assign(form.elements.secret, { value: keys.auth });
}

if (navigator.serviceWorker && window.PushManager && window.Notification) {
  for (const part of document.querySelectorAll("[data-without-push]")) part.hidden = true;
  for (const form of document.querySelectorAll("form[data-push]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const trouble = form.querySelector("[data-push-trouble]");
      const button = form.querySelector("button");
      trouble.hidden = true;
      button.disabled = true;
      subscribe(form).then(() => form.submit()).catch(() => {
        trouble.hidden = false;
        button.disabled = false;
      });
    });
  }
}

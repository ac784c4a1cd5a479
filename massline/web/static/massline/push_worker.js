// Shows a notice that says nothing of what it is about; a tap on it opens Today.

const TODAY = new URL("../", self.registration.scope);

self.addEventListener("push", (event) => {
  const { text, kind } = event.data.json();
  event.waitUntil(self.registration.showNotification("Massline", { body: text, tag: kind }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(TODAY));
});

// Passkeys: asks the browser for one and puts its answer into the form, which is then sent like any other.

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(
    /=+$/,
    "",
  );

function opened(options) {
  const asked = { ...options.publicKey, challenge: bytes(options.publicKey.challenge) };
  if (asked.user) asked.user = { ...asked.user, id: bytes(asked.user.id) };
  for (const name of ["allowCredentials", "excludeCredentials"]) {
    if (asked[name]) asked[name] = asked[name].map((one) => ({ ...one, id: bytes(one.id) }));
  }
  return { publicKey: asked };
}

function written(credential) {
  const response = {};
  for (
    const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]
  ) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
  });
}

async function ask(form) {
  const sent = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
  const answer = await fetch(form.dataset.options, { method: "POST", body: sent, redirect: "manual" });
  if (answer.type === "opaqueredirect") return form.submit(); // the page itself then says what is missing
  if (!answer.ok) throw new Error(`The desk answered ${answer.status}.`);
  form.elements.credential.value = written(
    await navigator.credentials[form.dataset.passkey](opened(await answer.json())),
  );
  form.submit();
}

if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-passkey-part]")) part.hidden = false;
  for (const part of document.querySelectorAll("[data-without-passkey]")) part.hidden = true;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const trouble = form.querySelector("[data-passkey-trouble]");
      const button = form.querySelector("button");
      trouble.hidden = true;
      button.disabled = true;
      ask(form).catch(() => {
        trouble.hidden = false;
        button.disabled = false;
      });
    });
  }
}

// Lets a device answer what a form asks of a passkey; the password and the code need no script.

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
const listed = (passkeys) => passkeys.map((one) => ({ ...one, id: bytes(one.id) }));

const make = (asked) => navigator.credentials.create({
  publicKey: {
    ...asked,
    challenge: bytes(asked.challenge),
    user: { ...asked.user, id: bytes(asked.user.id) },
    excludeCredentials: listed(asked.excludeCredentials),
  },
});
const find = (asked) => navigator.credentials.get({
  publicKey: {
    ...asked,
    challenge: bytes(asked.challenge),
    allowCredentials: listed(asked.allowCredentials),
  },
});

for (const form of document.querySelectorAll("form[data-question]")) {
  const asked = JSON.parse(form.dataset.question);
  const button = form.querySelector("button");
  const said = form.querySelector("[role='status']");
  if (!window.PublicKeyCredential) {
    said.textContent = form.dataset.unable;
    continue;
  }
  said.textContent = "";
  button.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    said.textContent = "";
    try {
      const answer = await ("rp" in asked ? make(asked) : find(asked));
      for (const field of form.querySelectorAll("[type='hidden']")) {
        const part = answer.response[field.name];
        if (part) field.value = text(part);
      }
      form.elements.id.value = answer.id;
      form.submit();
    } catch (error) {
      said.textContent = error.name === "InvalidStateError" ? form.dataset.known : form.dataset.stopped;
      button.disabled = false;
    }
  });
}

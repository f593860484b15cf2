// Keys of the device (WebAuthn). A form with data-key="login", "get" or "create" shows itself when the browser knows
// keys; sending it asks the device first and puts the device's answer into the form's field "credential".

const decode = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

const encode = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const withIds = (list) => (list || []).map((item) => ({ ...item, id: decode(item.id) }));

async function get({ publicKey }) {
  const asked = { ...publicKey, challenge: decode(publicKey.challenge), allowCredentials: withIds(publicKey.allowCredentials) };
  return navigator.credentials.get({ publicKey: asked });
}

async function create({ publicKey }) {
  const asked = {
    ...publicKey,
    challenge: decode(publicKey.challenge),
    user: { ...publicKey.user, id: decode(publicKey.user.id) },
    excludeCredentials: withIds(publicKey.excludeCredentials),
    authenticatorSelection: {
      ...publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required",
    },
  };
  return navigator.credentials.create({ publicKey: asked });
}

// The answer as JSON: every buffer as base64url, in the names of the standard.
function told(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = encode(credential.response[name]);
  }
  return {
    id: credential.id, rawId: encode(credential.rawId), type: credential.type, response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function options(form) {
  if (form.dataset.key !== "login") return JSON.parse(form.dataset.options);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`no options: ${answer.status}`);
  return (await answer.json()).request_options;
}

async function ask(form) {
  const problem = form.querySelector("[data-key-problem]");
  problem.hidden = true;
  try {
    const asked = await options(form);
    const credential = await (form.dataset.key === "create" ? create(asked) : get(asked));
    form.elements.credential.value = JSON.stringify(told(credential));
    form.submit();
  } catch {
    problem.hidden = false; // the person said no, took too long, or the device has no such key: the page says what to do
  }
}

if (window.PublicKeyCredential && navigator.credentials) {
  for (const form of document.querySelectorAll("form[data-key]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(form);
    });
  }
}

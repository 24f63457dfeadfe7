// Lets the browser ask a security key. The one script of the members' site; what to do without it stands on its pages.
"use strict";
(() => {
  const form = document.getElementById("key");
  if (!form || !window.PublicKeyCredential || !navigator.credentials) return;
  const { elements, dataset } = form;
  const button = form.querySelector("button");

  const bytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  const named = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));
  const show = (wanted) => {
    for (const name of ["cannot", "touch", "failed"]) {
      document.getElementById(`key-${name}`).hidden = name !== wanted;
    }
  };

  const asked = () => {
    const options = JSON.parse(dataset.options);
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    options.allowCredentials = named(options.allowCredentials);
    options.excludeCredentials = named(options.excludeCredentials);
    return options;
  };
  const told = (found) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature"]) {
      if (found.response[name]) response[name] = text(found.response[name]);
    }
    return JSON.stringify({ id: found.id, rawId: text(found.rawId), type: found.type, response });
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    show("touch");
    try {
      elements.answer.value = told(await navigator.credentials[dataset.do]({ publicKey: asked() }));
      form.submit();
    } catch {
      show("failed");
      button.disabled = false;
      button.focus();
    }
  });
  show("");
  button.hidden = false;
})();

// Talks to the desk's own addresses.

class Refused extends Error {
  constructor(status, said) {
    super(said || String(status));
    this.status = status;
    this.said = said;
  }
}

async function checked(response) {
  if (response.ok) return response;
  let said = "";
  try {
    said = (await response.json()).error ?? "";
  } catch {
    // No words came with the refusal.
  }
  throw new Refused(response.status, said);
}

export async function read(address, signal) {
  const response = await fetch(address, { signal, headers: { Accept: "application/json" } });
  return (await checked(response)).json();
}

export async function post(address, fields) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const present = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
  await checked(
    await fetch(address, {
      method: "POST",
      body: new URLSearchParams(present),
      headers: { "X-CSRFToken": token },
      keepalive: true,
    }),
  );
}

// An open case says every minute that it is open, and shows who else has come; without a script each load says so.

const EVERY = 60_000;
const line = document.querySelector("[data-here]");

async function tell(leaves) {
  const token = document.querySelector("input[name=csrf]");
  if (!token) return;
  const body = new URLSearchParams({ csrf: token.value, ...(leaves ? { leaves: "yes" } : {}) });
  try {
    const answer = await fetch(line.dataset.here, { method: "POST", body, keepalive: leaves, redirect: "error" });
    const isText = (answer.headers.get("content-type") || "").startsWith("text/plain");
    if (!leaves && answer.ok && isText) {
      const names = await answer.text();
      if (names !== line.textContent) line.textContent = names;
    }
  } catch {
    // Whoever has no connection is not there for colleagues either.
  }
}

function tellIfSeen() {
  if (document.visibilityState === "visible") tell(false);
}

if (line) {
  setTimeout(tellIfSeen, 1000);
  setInterval(tellIfSeen, EVERY);
  document.addEventListener("visibilitychange", tellIfSeen);
  window.addEventListener("pagehide", () => tell(true));
}

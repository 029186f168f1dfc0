// Keeps what is typed into a form on the server, at most every two seconds, and says quietly where that fails.
// Without this file everything works too: a form is kept whenever it is sent, and by a button of its own.

const EVERY = 2000;
const AGAIN = 5000;

class Keeping {
  constructor(block) {
    this.block = block;
    this.form = block.closest("form");
    this.marks = [this.form.elements.kept];
    this.discards = `discard-${this.form.elements.kept.value.split(" ")[1]}`;
    const discard = document.getElementById(this.discards);
    if (discard) this.marks.push(discard.elements.kept);
    this.kept = this.typed();
    this.last = 0;
    this.timer = 0;
    this.saving = null;
    this.isSending = false;
    this.isStopped = false;
    this.listen();
  }

  listen() {
    document.addEventListener("input", (event) => {
      if (event.target.form === this.form) this.soon();
    });
    window.addEventListener("online", () => this.again());
    window.addEventListener("focus", () => this.again());
    window.addEventListener("pagehide", () => {
      if (this.isUnsaved() && !this.isSending) this.post(true).catch(() => {});
    });
    window.addEventListener("pageshow", (event) => {
      this.isSending = false;
      if (event.persisted && !this.isUnsaved()) window.location.reload();
    });
    window.addEventListener("beforeunload", (event) => {
      if (this.isUnsaved() && this.block.dataset.trouble && !this.isSending) event.preventDefault();
    });
    for (const button of document.querySelectorAll("button.keep")) button.hidden = true;
  }

  // What a person has put into the form: never a hidden field.
  typed() {
    const hidden = new Set([...this.form.elements].filter((one) => one.type === "hidden").map((one) => one.name));
    return new URLSearchParams([...new FormData(this.form)].filter(([name, value]) => typeof value === "string" && !hidden.has(name))).toString();
  }

  isUnsaved() {
    return !this.isStopped && this.typed() !== this.kept;
  }

  // Whether a form has to wait until the words here are safe; without a connection its own words wait in any case.
  waits(isOwn) {
    if (this.isUnsaved()) return true;
    return isOwn && !this.isStopped && !navigator.onLine;
  }

  soon() {
    if (this.timer || this.isStopped) return;
    const wait = Math.max(EVERY - (Date.now() - this.last), 0);
    this.timer = setTimeout(() => this.save(), wait || EVERY / 4);
  }

  again() {
    if (this.block.dataset.trouble && this.isUnsaved()) this.save();
  }

  // Whether all that is typed is on the server; one try at a time.
  async save() {
    clearTimeout(this.timer);
    this.timer = 0;
    while (this.saving) await this.saving;
    if (!this.isUnsaved() && navigator.onLine) return true;
    this.saving = this.tried();
    const isSaved = await this.saving;
    this.saving = null;
    if (isSaved && this.isUnsaved()) this.soon();
    return isSaved;
  }

  async tried() {
    this.last = Date.now();
    const typed = this.typed();
    let answer;
    try {
      answer = await this.post(false);
      if (answer.status === 403) answer = (await this.renewed()) ? await this.post(false) : answer;
    } catch {
      return this.trouble(this.block.dataset.offline, null, true);
    }
    if (answer.status === 401) return this.trouble(this.block.dataset.signedOut, this.signInLink(), true);
    const isOurs = (answer.headers.get("content-type") || "").startsWith("application/json");
    const told = isOurs ? await answer.json().catch(() => ({})) : {};
    if (answer.ok && told.kept) return this.saved(typed, told);
    if (answer.status === 409) return this.elsewhere(told);
    if (answer.status === 403 && this.isStopped) return this.trouble(this.block.dataset.stranger);
    if (answer.status >= 500) return this.trouble(this.block.dataset.offline, null, true);
    return this.trouble(told.said || "", null, false, "told");
  }

  post(isLast) {
    const body = new URLSearchParams(this.typed());
    body.set("csrf", this.form.elements.csrf.value);
    body.set("kept", this.form.elements.kept.value);
    return fetch(this.block.dataset.keep, {
      method: "POST", body, headers: { Accept: "application/json" }, keepalive: isLast, redirect: "error",
    });
  }

  // The page was made before the person signed in again: take the new token, if it is the same person.
  async renewed() {
    const answer = await fetch("/signed-in", { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) return false;
    const now = await answer.json();
    if (now.user !== this.block.dataset.user) {
      this.isStopped = true;
      return false;
    }
    for (const field of document.querySelectorAll("input[name=csrf]")) field.value = now.csrf;
    return true;
  }

  saved(typed, told) {
    this.kept = typed;
    for (const mark of this.marks) mark.value = told.kept;
    this.say("", null);
    this.block.querySelector(".saved").textContent = told.said;
    return true;
  }

  // `sort`: a form waits to be sent while the trouble lasts, save where it is one that its own page tells of.
  trouble(sentence, more = null, isPassing = false, sort = "waits") {
    this.say(sentence, more);
    this.block.dataset.trouble = sort;
    if (isPassing && !this.timer) this.timer = setTimeout(() => this.save(), AGAIN);
    return false;
  }

  elsewhere(told) {
    const button = document.createElement("button");
    Object.assign(button, { type: "submit", className: "link", textContent: told.both, formNoValidate: true });
    button.setAttribute("formaction", this.block.dataset.keep);
    button.setAttribute("formenctype", "application/x-www-form-urlencoded");
    return this.trouble(told.said, button);
  }

  say(sentence, more) {
    const state = this.block.querySelector(".state");
    delete this.block.dataset.trouble;
    if (state.dataset.said === sentence) return;
    state.dataset.said = sentence;
    state.replaceChildren(...(sentence ? [sentence, " ", ...(more ? [more] : [])] : []));
    this.block.querySelector(".saved").textContent = "";
  }

  signInLink() {
    const link = document.createElement("a");
    const here = window.location.pathname + window.location.search;
    link.href = `/sign-in?next=${encodeURIComponent(here)}`;
    Object.assign(link, { target: "_blank", textContent: this.block.dataset.signIn });
    return link;
  }
}

const all = [...document.querySelectorAll(".keeping[data-keep]")].map((block) => new Keeping(block));

// A form is sent when all words of the page are safe; until then they stay here, and a line says why.
document.addEventListener("submit", async (event) => {
  const { target, submitter } = event;
  const own = all.find((one) => one.form === target);
  const discarded = all.find((one) => target.id === one.discards);
  if (discarded) discarded.isStopped = true;
  const waiting = all.filter((one) => !one.isSending && one.waits(one === own));
  const goes = submitter && submitter.getAttribute("formaction");
  if (!waiting.length || (own && goes === own.block.dataset.keep)) {
    if (own) own.isSending = true;
    return;
  }
  event.preventDefault();
  for (const one of waiting) await one.save();
  const troubled = waiting.find((one) => one.block.dataset.trouble === "waits");
  if (troubled) {
    troubled.block.scrollIntoView({ block: "center" });
    return;
  }
  for (const one of waiting) one.isSending = true;
  target.requestSubmit(submitter);
});

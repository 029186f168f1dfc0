// Single keys for those who want them: off in fields, with Ctrl, Alt or Cmd, and where a person has switched them off.
// None of them signs or sends anything. /keys lists them.

const ROWS = "table.queue tbody th a:first-child, table.team-cases tbody th a:first-child";

function focusOn(element) {
  if (!element) return false;
  element.focus();
  element.scrollIntoView({ block: "center" });
  return true;
}

function press(selector) {
  const element = document.querySelector(selector);
  if (element) element.click();
  return Boolean(element);
}

function go(address) {
  window.location.assign(address);
  return true;
}

function row(step) {
  const rows = [...document.querySelectorAll(ROWS)].filter((one) => one.parentElement.tagName === "TH");
  const here = rows.indexOf(document.activeElement);
  const next = here < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(here + step, 0), rows.length - 1);
  return focusOn(rows[next]);
}

function section(number) {
  return press(`.toc ol > li:nth-child(${number}) a`);
}

const KEYS = {
  j: () => row(1),
  k: () => row(-1),
  n: () => go("/cases/next"),
  "/": () => focusOn(document.getElementById("search")) || go("/cases#search"),
  t: () => press(".ident form[action$='/claim'] button"),
  g: () => press(".ident a[href$='/hand-over']"),
  m: () => focusOn(document.querySelector(".note textarea[name=note]")),
  "?": () => go("/keys"),
};

function isWriting(element) {
  if (element.isContentEditable || element.matches("textarea, select")) return true;
  return element.matches("input") && !element.matches("[type=radio], [type=checkbox], [type=submit], [type=button]");
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.repeat && !/^[jk]$/i.test(event.key)) return;
  if (event.ctrlKey || event.altKey || event.metaKey || isWriting(event.target)) return;
  const does = /^[1-9]$/.test(event.key) ? () => section(event.key) : KEYS[event.key.toLowerCase()];
  if (does && does()) event.preventDefault();
});

// The clerk's forms while the line is down: what was typed is kept, also when the page is loaded anew, and is sent once
// the line is back. Each form carries a key or says the same twice, so nothing is entered twice. Forms work without.
"use strict";

const RETRY_MS = 5000;
const nameOf = (form) => `keep ${new URL(form.action).pathname}`;
const late = new Set();
const kept = (form) => JSON.parse(localStorage.getItem(nameOf(form)) ?? "null");

function keep(form) {
  const typed = [...new FormData(form)].filter(([name]) => name !== "csrf_token");
  localStorage.setItem(nameOf(form), JSON.stringify(typed));
}
function fillIn(form, typed) {
  for (const [name, value] of typed) {
    const field = form.elements.namedItem(name);
    if (field) field.value = value;
  }
}
function send() {
  if (!navigator.onLine) return;
  for (const form of document.querySelectorAll("form[data-keep]")) {
    const typed = kept(form);
    if (!typed) continue;
    fillIn(form, typed);
    late.add(nameOf(form));
    form.requestSubmit();
  }
}

document.addEventListener("htmx:error", (e) => {
  const form = e.detail.ctx?.sourceElement;
  if (!form?.matches?.("form[data-keep]")) return;
  keep(form);
  setTimeout(send, RETRY_MS);
});
// Any answer of the portal settles it: taken, or shown again with what is wrong.
document.addEventListener("htmx:after:request", (e) => {
  const form = e.detail.ctx?.sourceElement;
  if (!form?.matches?.("form[data-keep]") || !e.detail.ctx.response) return;
  localStorage.removeItem(nameOf(form));
  if (late.delete(nameOf(form)) && e.detail.ctx.response.status < 400) say("words-sent");
});
function say(id) {
  const words = document.getElementById(id)?.content.firstElementChild.cloneNode(true);
  if (words) document.querySelector("#flash .toasts")?.append(words);
}
// A plain post goes out by itself; kept as well, it would go out again with every page.
document.addEventListener("submit", (e) => {
  if (!e.defaultPrevented && e.target.matches("form[data-keep]")) localStorage.removeItem(nameOf(e.target));
});
window.addEventListener("online", send);
// After htmx, which makes the forms its own on the same event.
document.addEventListener("DOMContentLoaded", () => setTimeout(send));

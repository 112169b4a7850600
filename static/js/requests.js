// What the reader sees while a request runs, and when it does not arrive. Needs htmx; forms work without.
"use strict";

const QUIET_MS = 300;

// Where undo is free (endorse, follow, agree) the switch flips at once; the reply or a refusal corrects it.
function flip(button) {
  button.setAttribute("aria-pressed", button.getAttribute("aria-pressed") === "true" ? "false" : "true");
}
function optimistic(e) {
  const source = e.detail.ctx?.sourceElement;
  return source?.matches("[data-optimistic]") ? source : source?.querySelector?.("[data-optimistic]");
}
document.addEventListener("htmx:before:request", (e) => {
  const button = optimistic(e);
  if (button) { flip(button); button.dataset.flipped = ""; }
});
function flipBack(e) {
  const button = optimistic(e);
  if (button && "flipped" in button.dataset) { flip(button); delete button.dataset.flipped; }
}
document.addEventListener("htmx:response:error", flipBack);
document.addEventListener("htmx:error", flipBack);

// Nothing under 300 ms; then the pressed button says that it is busy.
function busy(button) {
  if (!button || !button.dataset.busy) return () => {};
  const words = button.innerHTML;
  const timer = setTimeout(() => {
    button.setAttribute("aria-busy", "true");
    button.textContent = button.dataset.busy;
  }, QUIET_MS);
  return () => {
    clearTimeout(timer);
    if (button.getAttribute("aria-busy") !== "true") return;
    button.removeAttribute("aria-busy");
    button.innerHTML = words;
  };
}
const running = new WeakMap();
document.addEventListener("htmx:before:request", (e) => {
  const { ctx } = e.detail;
  const button = ctx.request.submitter ?? ctx.sourceElement?.querySelector?.("[type=submit][data-busy]");
  running.set(ctx, busy(button));
});
document.addEventListener("htmx:finally:request", (e) => running.get(e.detail.ctx)?.());
// A plain form: the page goes away; if the reader comes back by the back button, it must not look busy.
document.addEventListener("submit", (e) => {
  if (e.defaultPrevented || e.target.matches("[hx-post], [hx-get]")) return;
  const done = busy(e.submitter);
  window.addEventListener("pageshow", done, { once: true });
});

// What is true of a form that did not arrive: kept and sent by itself (keep.js), or typed text still there, or only a tap.
function lost(source) {
  const form = source.closest("form");
  if (form?.matches("[data-keep]") && document.getElementById("words-kept")) return "words-kept";
  return form?.matches(".btn-form") && document.getElementById("words-tap") ? "words-tap" : "words-lost";
}
// Network lost or time out: the form keeps what was typed, and the alert stands by it.
document.addEventListener("htmx:error", (e) => {
  const { ctx, error } = e.detail;
  const source = ctx?.sourceElement;
  if (!source || ctx.request?.method === "GET" && ctx.sourceEvent?.type === "every") return;
  const timedOut = error === "timeout" || ctx.request?.signal?.reason === "timeout";
  const words = document.getElementById(timedOut && ctx.request.method !== "GET" ? "words-timeout" : lost(source));
  if (!words) return;
  document.getElementById("alert-lost")?.remove();
  const alert = words.content.firstElementChild.cloneNode(true);
  alert.id = "alert-lost";
  const form = source.closest("form");
  if (form && !form.matches(".btn-form, .filters")) form.prepend(alert);
  else document.getElementById("alerts")?.append(alert);
  alert.focus();
});
// Gone once the reader sent something; a page that asks by itself does not take it from under his eyes.
document.addEventListener("htmx:after:request", (e) => {
  if (e.detail.ctx.sourceEvent?.type !== "every") document.getElementById("alert-lost")?.remove();
});

// A hidden page does not ask; shown again, it asks at once.
document.addEventListener("htmx:config:request", (e) => {
  if (document.hidden && e.detail.ctx.sourceEvent?.type === "every") e.preventDefault();
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  for (const polled of document.querySelectorAll('[hx-trigger*="every "]')) polled.dispatchEvent(new Event("every"));
});

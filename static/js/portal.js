// What a page does by itself. Without this file every form and link still works.
"use strict";

document.documentElement.dataset.js = "";

// A switch that is a form of its own (大字) is stored as soon as it is turned.
document.addEventListener("change", (e) => {
  const form = e.target.closest("form[data-submit-on-change]");
  if (form) form.requestSubmit();
});

// A code is put on the clipboard. Where the browser keeps it from the page (no HTTPS) it is picked out at least.
async function copy(button) {
  const code = document.getElementById(button.dataset.copy);
  getSelection().selectAllChildren(code);
  let done = true;
  try { await navigator.clipboard.writeText(code.textContent.trim()); } catch { done = document.execCommand("copy"); }
  button.lastElementChild.textContent = done ? button.dataset.copied : button.dataset.picked;
}

document.addEventListener("click", (e) => {
  if (e.target.closest("[data-print]")) window.print();
  const copies = e.target.closest("[data-copy]");
  if (copies) copy(copies);
});

// A toast goes after 6 seconds, but not while it is pointed at or holds the focus.
const TOAST_MS = 6000;
function startToast(toast) {
  let timer = 0;
  const start = () => { timer = setTimeout(() => toast.remove(), TOAST_MS); };
  const stop = () => clearTimeout(timer);
  toast.dataset.toast = "running";
  for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, stop);
  for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, start);
  start();
}
function startToasts() {
  for (const toast of document.querySelectorAll('[data-toast=""]')) startToast(toast);
}

// 21 / 500 字 under a long text.
function showCount(area) {
  const line = document.querySelector(`[data-count="${CSS.escape(area.id)}"]`);
  if (!line || !area.maxLength || area.maxLength < 0) return;
  line.dataset.empty ??= line.textContent;
  line.textContent = area.value ? line.dataset.words.replace("{n}", area.value.length) : line.dataset.empty;
}
document.addEventListener("input", (e) => { if (e.target.matches("textarea[maxlength]")) showCount(e.target); });

// 全选本页: a checkbox with data-pick-all ticks the others of its form; the bar says how many are picked.
document.addEventListener("change", (e) => {
  const form = e.target.closest("form");
  if (!form || !e.target.matches("[data-pick-all], [data-pick]")) return;
  const picks = [...form.querySelectorAll("[data-pick]")];
  if (e.target.matches("[data-pick-all]")) for (const pick of picks) pick.checked = e.target.checked;
  const count = form.querySelector("[data-picked]");
  if (count) count.textContent = picks.filter((p) => p.checked).length;
});

// After a whole page came by a fragment request, the reader is put on its heading.
document.addEventListener("htmx:after:swap", (e) => {
  startToasts();
  const target = e.detail.ctx.target;
  if (target !== document.body && target !== "body") return;
  const heading = document.querySelector("main h1");
  if (heading && !document.querySelector("[autofocus]")) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
});

// A part that is drawn anew takes the pressed button away: the same one there has the focus, else the heading above it.
const sentBy = (form) => [form.getAttribute("action"), ...[...new FormData(form)].filter(([n]) => n !== "csrf_token")].join();
document.addEventListener("htmx:after:swap", (e) => {
  const pressed = e.detail.ctx.request?.submitter;
  const form = pressed?.closest("form");
  if (!form || pressed.isConnected || document.activeElement !== document.body) return;
  const same = [...document.forms].find((one) => one.matches(".btn-form") && sentBy(one) === sentBy(form));
  const above = document.getElementById(pressed.closest("section[aria-labelledby]")?.getAttribute("aria-labelledby"));
  const part = document.querySelector(form.getAttribute("hx-target"));
  const next = same?.querySelector("[type=submit]") ?? above ?? part?.querySelector("h1, h2, h3");
  if (!next) return;
  if (!next.matches("button")) next.tabIndex = -1;
  next.focus({ preventScroll: true });
});

startToasts();
for (const area of document.querySelectorAll("textarea[maxlength]")) showCount(area);

// Chromium does not move the focus for autofocus when the address has a fragment; an error summary must have it.
document.querySelector("[role=alert][autofocus]")?.focus();

// 取消选择 resets the ticks after this event, so the count follows a moment later.
document.addEventListener("reset", (e) => {
  const count = e.target.querySelector("[data-picked]");
  if (count) count.textContent = "0";
});

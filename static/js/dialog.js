// <a href="#id" data-dialog="id"> opens a dialog over the page; without this file :target shows it in place.
"use strict";

function openDialog(link) {
  const dialog = document.getElementById(link.dataset.dialog);
  if (!dialog || typeof dialog.showModal !== "function") return false;
  if (!dialog.open) dialog.showModal();
  return true;
}

document.addEventListener("click", (e) => {
  const opener = e.target.closest("[data-dialog]");
  if (opener && openDialog(opener)) { e.preventDefault(); return; }
  const closer = e.target.closest("dialog[open] [data-close]");
  if (closer) { e.preventDefault(); closer.closest("dialog").close(); }
});

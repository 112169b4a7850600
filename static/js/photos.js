// Photos of a form: chosen ones are shown with their names and can be taken out again, camera and album add up.
// The plain file control holds the files and is what the form sends.
"use strict";

const MEGABYTE = 1024 * 1024;

function photoField(field) {
  const holder = field.querySelector(".upload__plain");
  const list = field.querySelector(".upload");
  const error = field.querySelector("[data-photos-error]");
  const adders = [...field.querySelectorAll("[data-photos-add]")];
  let chosen = [];

  function complain(sentence) {
    error.hidden = !sentence;
    error.querySelector("span").textContent = sentence;
  }

  function hold() {
    const box = new DataTransfer();
    for (const file of chosen) box.items.add(file);
    holder.files = box.files;
  }

  function card(file, index) {
    const item = document.createElement("figure");
    item.className = "upload__item";
    item.dataset.photo = "";
    const image = document.createElement("img");
    image.src = URL.createObjectURL(file);
    image.alt = field.dataset.chosen.replace("{n}", index + 1).replace("{name}", file.name);
    image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true });
    const name = document.createElement("figcaption");
    name.textContent = file.name;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "iconbtn";
    button.innerHTML = '<svg class="icon" aria-hidden="true" focusable="false"><use href="/static/icons.svg#i-x"></use></svg>';
    const words = document.createElement("span");
    words.className = "vh";
    words.textContent = field.dataset.remove.replace("{n}", index + 1);
    button.append(words);
    button.addEventListener("click", () => { chosen.splice(index, 1); draw(); adders[0].querySelector("input").focus(); });
    item.append(image, name, button);
    return item;
  }

  function draw() {
    for (const old of list.querySelectorAll("[data-photo]")) old.remove();
    adders[0].before(...chosen.map(card));
    hold();
  }

  function add(files) {
    complain("");
    for (const file of files) {
      if (file.size > field.dataset.megabytes * MEGABYTE) {
        const size = Math.round(file.size / MEGABYTE);
        complain(field.dataset.tooBig.replace("{name}", file.name).replace("{size}", size));
      } else if (chosen.length >= field.dataset.most) complain(field.dataset.tooMany);
      else chosen.push(file);
    }
    draw();
  }

  for (const adder of adders) {
    adder.hidden = false;
    const input = adder.querySelector("input");
    input.addEventListener("change", () => { add(input.files); input.value = ""; });
  }
  holder.classList.add("vh");
  holder.tabIndex = -1;
  holder.setAttribute("aria-hidden", "true");
}

function startPhotos() {
  let able = true;
  try { new DataTransfer(); } catch { able = false; } // an old WebView keeps the plain control
  if (!able) return;
  for (const field of document.querySelectorAll("[data-photos]:not([data-ready])")) {
    field.dataset.ready = "";
    photoField(field);
  }
}
document.addEventListener("htmx:after:swap", startPhotos);
startPhotos();

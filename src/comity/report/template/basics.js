// What the other files share: a button, a line that a screen reader hears, an address, copying.
const live = document.createElement("p");
live.className = "hidden";
live.setAttribute("role", "status");
document.querySelector("main").append(live);

comity.tell = (words) => {
  live.textContent = ""; // so that the same words twice are heard twice
  setTimeout(() => { live.textContent = words; }, 50);
};

comity.words = (node) => node.textContent.replace(/\s+/g, " ").trim();

// The name that is heard begins with the words that are seen, and says what they are about.
comity.button = (label, about, act) => {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  if (about) button.setAttribute("aria-label", `${label}: ${about}`);
  button.addEventListener("click", () => act(button));
  return button;
};

comity.line = (...buttons) => {
  const line = document.createElement("span");
  line.className = "tools";
  line.append(...buttons);
  return line;
};

comity.address = (id) => Object.assign(new URL(location.href), { hash: id }).href;

comity.copy = async (text, what, button) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch { // no permission, or a page from a disk in a browser that gives it none there
    if (!byHand(text, button)) return comity.tell(`Press Ctrl and C to copy the ${what}`);
  }
  comity.tell(`Copied the ${what}`);
  comity.flash(button, "Copied");
};

comity.flash = (button, words) => {
  const label = button.dataset.label ??= button.textContent;
  button.textContent = words;
  clearTimeout(button.waiting);
  button.waiting = setTimeout(() => { button.textContent = label; }, 2000);
};

// The old way; where even that is refused the text stays, selected, until the reader goes on.
function byHand(text, button) {
  const field = document.createElement("textarea");
  field.className = "by-hand";
  field.readOnly = true;
  field.value = text;
  field.setAttribute("aria-label", "To copy: press Ctrl and C");
  button.after(field);
  field.select();
  const done = document.execCommand("copy");
  if (done) {
    field.remove();
    button.focus();
  } else {
    field.addEventListener("blur", () => field.remove());
  }
  return done;
}

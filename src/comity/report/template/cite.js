// A link and a citation for each finding, table and figure, and a citation for the page.
const fact = (name) => [...document.querySelectorAll("footer .provenance dt")].find((term) => term.textContent === name)?.nextElementSibling;
const reference = fact("How to cite"), data = fact("Data");
const about = [reference?.textContent, data && `Data: ${data.textContent}.`].filter(Boolean).join(" ");

// A folder on somebody's disk is no place to cite: from a disk it is the name of the page.
const place = (id) => {
  const full = comity.address(id);
  return /^https?:/.test(full) ? full : full.slice(full.lastIndexOf("/") + 1);
};

// The words without what this script, or the build, has put beside them.
const words = (node) => {
  const copy = node.cloneNode(true);
  copy.querySelectorAll(".tools").forEach((tools) => tools.remove());
  return comity.words(copy);
};

const short = (text) => (text.length > 80 ? text.slice(0, text.lastIndexOf(" ", 80)) + " …" : text);

const tools = (id, text, quoted) => comity.line(
  comity.button("Copy link", short(text), (button) => comity.copy(comity.address(id), "link", button)),
  comity.button("Copy citation", short(text), (button) => comity.copy([quoted, about, place(id)].filter(Boolean).join(" "), "citation", button)),
);

for (const finding of document.querySelectorAll("main .say[id]")) {
  const text = words(finding);
  finding.append(tools(finding.id, text, `“${text}”`));
  if (matchMedia("(hover: none)").matches) finding.tabIndex = -1; // a finger has nothing but a tap to ask with
}

for (const shown of document.querySelectorAll("main :is(.table, figure)[id]")) {
  const caption = shown.querySelector(":scope > figcaption, :scope > .scroll caption"), text = caption ? words(caption) : "";
  shown.append(tools(shown.id, text, `${shown.matches("figure") ? "Figure" : "Table"}: “${text}”.`));
}

if (reference) {
  const cited = `“${comity.words(document.querySelector("h1"))}” ${about} ${place("").replace(/#$/, "")}`;
  reference.append(comity.line(comity.button("Copy citation", "this page", (button) => comity.copy(cited, "citation", button))));
}

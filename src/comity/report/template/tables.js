// Tables: a heading sorts, a field above a long table filters, a button below saves it as a file.
const FEW = 3, SHORT = 8;
const collator = new Intl.Collator("en", { numeric: true });

// A row and the row that unfolds below it belong together.
const pairs = (table) => {
  const rows = [...table.tBodies[0].rows];
  return rows.filter((row) => !row.matches(".more")).map((row) => [row, row.nextElementSibling?.matches(".more") ? row.nextElementSibling : null]);
};

// What a cell is sorted by: a date, a number (of “3 of 5” the share, then the five; of “0.1 (0 to 0.3)” the first), or its words.
const key = (cell) => {
  const time = cell.querySelector("time"), exact = cell.querySelector(":scope > data");
  if (cell.querySelector(":scope > [aria-hidden] + .hidden")) return null; // not stated
  if (time) return time.dateTime;
  if (exact) return Number(exact.value);
  const text = comity.words(cell).replace(/^\u2212/, "-"), share = text.match(/^([\d,]+) (?:of|in) ([\d,]+)(?![\d.])/);
  const plain = (digits) => Number(digits.replaceAll(",", ""));
  if (share) return plain(share[1]) / plain(share[2]) + plain(share[2]) * 1e-9;
  if (/^-?∞/.test(text)) return text[0] === "-" ? -Infinity : Infinity;
  const first = text.match(/^[-+]?(\d[\d,]*)(\.\d+)?(?=$|[\s%(;])/);
  return first ? plain(first[0]) : text;
};

// Numbers as numbers where the whole column is of them. What is not stated comes last, whichever way.
const compare = (a, b, down) => {
  if (a === null || b === null) return (a === null) - (b === null);
  const order = typeof a === "number" && typeof b === "number" ? a - b || 0 : collator.compare(a, b);
  return down ? -order : order;
};

const sort = (table, rows, index, way) => {
  let sorted = rows;
  if (way) {
    const keys = new Map(rows.map((pair) => [pair, key(pair[0].cells[index])]));
    if ([...keys.values()].some((found) => typeof found === "string")) {
      for (const [pair, found] of keys) if (found !== null) keys.set(pair, typeof found === "string" ? found : comity.words(pair[0].cells[index]));
    }
    sorted = [...rows].sort((a, b) => compare(keys.get(a), keys.get(b), way === "descending"));
  }
  table.tBodies[0].append(...sorted.flat().filter(Boolean));
};

const sortable = (table, rows) => {
  const heads = [...table.tHead.rows[0].cells];
  for (const [index, head] of heads.entries()) {
    const button = comity.button("", "", () => {
      const way = { ascending: "descending", descending: "" }[head.getAttribute("aria-sort")] ?? "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      if (way) head.setAttribute("aria-sort", way);
      sort(table, rows, index, way);
      comity.tell(way ? `Sorted by ${comity.words(head)}, ${way}` : "In the order of the page");
    });
    button.className = "sort";
    button.append(...head.childNodes);
    head.append(button);
  }
};

// Without accents, capitals and curls; the syllables of Korean in letters, so that the beginning of a word finds it.
const bare = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[‘’]/g, "'").replace(/[“”]/g, '"').toLowerCase();

const filter = (table, rows, name) => {
  const box = document.createElement("p"), label = document.createElement("label"), field = document.createElement("input"), count = document.createElement("span");
  const texts = rows.map(([row, more]) => bare([row, ...(more?.querySelectorAll("dl") ?? [])].map(comity.words).join(" ")));
  const show = () => {
    const asked = bare(field.value).split(/\s+/).filter(Boolean);
    let seen = 0;
    rows.forEach((pair, index) => {
      const fits = asked.every((word) => texts[index].includes(word));
      seen += fits;
      pair.forEach((row) => row && (row.hidden = !fits));
    });
    count.textContent = asked.length ? `${seen} of ${rows.length} rows` : `${rows.length} rows`;
  };
  box.className = "filter";
  field.type = "search";
  field.autocomplete = "off";
  field.spellcheck = false;
  field.setAttribute("aria-label", `Filter the rows: ${name}`);
  count.setAttribute("role", "status");
  label.append("Filter the rows ", field);
  box.append(label, count);
  field.addEventListener("input", show);
  field.addEventListener("keydown", (event) => event.key === "Escape" && (field.value = "", show()));
  // A link may lead to a row that is filtered out.
  addEventListener("hashchange", () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target && table.contains(target) && target.closest("tr[hidden]")) field.value = "", show(), target.scrollIntoView();
  });
  show();
  return box;
};

for (const table of document.querySelectorAll("main table")) {
  const around = table.closest(".scroll"), rows = pairs(table), name = comity.words(table.caption);
  const shown = table.closest("[id]:is(.table, figure, section)"), tools = around.parentElement === shown && shown.querySelector(":scope > .tools");
  const file = [location.pathname.split("/").pop().replace(/\.html$/, "") || "table", shown?.id].filter(Boolean).join("-");
  const save = comity.button("Download CSV", name, (button) => {
    comity.save(comity.csv(table, rows), `${file}.csv`);
    comity.tell(`Saved the table as ${file}.csv`);
    comity.flash(button, "Downloaded");
  });
  if (tools) tools.prepend(save);
  else around.after(comity.line(save));
  if (rows.length > FEW) sortable(table, rows);
  if (rows.length > SHORT) around.before(filter(table, rows, name));
}

// A table as a file: every column, those of the folded evidence too, every row, in the order in which it was published.
const number = /^[-+]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?(e[-+]?\d+)?$/i;

// The value behind the words where there is one; else the words, a number in the letters of a program.
const value = (cell) => {
  if (cell.querySelector(":scope > [aria-hidden] + .hidden")) return ""; // no entry
  const exact = cell.querySelector(":scope > data, :scope > time");
  if (exact && comity.words(exact) === comity.words(cell)) return exact.dateTime ?? exact.value;
  const text = written(cell), plain = text.replace(/^\u2212/, "-");
  return number.test(plain) ? plain.replaceAll(",", "") : text;
};

// A line break stays one; a link that leads out is its full address.
const written = (cell) => {
  const copy = cell.cloneNode(true);
  copy.querySelectorAll("a.outside").forEach((link) => link.replaceWith(link.href));
  copy.querySelectorAll("br").forEach((end) => end.replaceWith("\n"));
  return copy.textContent.trim();
};

// A spreadsheet would run what begins like a formula; a number is none.
const safe = (text) => (/^[=+\-@\t\r]/.test(text) && !number.test(text) ? `'${text}` : text);
const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const line = (fields) => fields.map((field) => quoted(safe(field))).join(",") + "\r\n";

comity.csv = (table, rows) => {
  const heads = [...table.tHead.rows[0].cells, ...table.querySelectorAll(":scope > tbody > .more:nth-child(2) dt")].map(comity.words);
  return line(heads) + rows.map(([row, more]) => line([...row.cells, ...(more?.querySelectorAll("dd") ?? [])].map(value))).join("");
};

comity.save = (text, name) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
};

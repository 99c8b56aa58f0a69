// The code of a page, once it is unfolded, can be copied.
for (const code of document.querySelectorAll("details.code pre")) {
  code.before(comity.line(comity.button("Copy the code", code.getAttribute("aria-label"), (button) => comity.copy(code.textContent + "\n", "code", button))));
}

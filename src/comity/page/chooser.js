// Two messages of a list side by side: without this script the page shows two of them, with it any two, out of the page itself.
(() => {
  const choose = (chooser) => {
    const held = chooser.querySelector("template").content, status = chooser.querySelector("[role=status]");
    const lists = [...chooser.querySelectorAll("select")];
    const piece = (list) => [...held.querySelectorAll("article")].find((one) => one.dataset.message === list.value);
    const fill = (list) => {
      const pane = chooser.querySelector(`.pane[data-side="${list.dataset.side}"]`), found = piece(list);
      if (found) pane.replaceChildren(found.cloneNode(true));
    };
    for (const list of lists) {
      list.addEventListener("change", () => {
        fill(list);
        status.textContent = "Side by side: " + [...chooser.querySelectorAll(".pane :is(h3, h4)")].map((h) => h.textContent).join("; ");
      });
      fill(list); // a browser may have kept what was chosen before
    }
    chooser.querySelector(".sides").hidden = false;
  };
  const start = () => document.querySelectorAll(".chooser").forEach(choose);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();

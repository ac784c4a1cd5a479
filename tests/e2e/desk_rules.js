// What DESK asks of a page: one red act, no bare row of links, one heading, no act adrift.
(() => {
  const seen = (element) =>
    element.checkVisibility({ checkVisibilityCSS: true }) && element.getClientRects().length > 0;
  const words = (element) => element.textContent.replace(/\s+/g, " ").trim().slice(0, 60);
  const bare = (element) =>
    element.localName === "a" && !element.matches(".btn, .go") &&
      !element.querySelector("b, small, img, svg") ||
    element.localName === "li" && element.children.length === 1 &&
      bare(element.firstElementChild) &&
      words(element) === words(element.firstElementChild);
  const rows = [...document.querySelectorAll("main :is(p, ul, ol, div, section):not(.acts, .does, nav *)")]
    .filter((element) => {
      const children = [...element.children].filter(seen);
      const said = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) =>
        node.textContent
      ).join("");
      return children.length > 1 && children.every(bare) && !/[\p{L}\p{N}]/u.test(said);
    });
  return {
    acts: [...document.querySelectorAll(".btn.main")].filter(seen).map(words),
    rows: rows.map(words),
    headings: [...document.querySelectorAll("h1")].filter(seen).map(words),
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  };
});

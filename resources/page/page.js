// Keys and comforts of the HTML page; everything can be read without it.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("scripted");
  const stops = () => [...document.querySelectorAll(".cell:not(.quiet):not(.unchanged)")];
  let current = null;

  // A heading that is jumped to stands below the bar, which is as high as its words need.
  const bar = document.querySelector(".bar");
  const measure = () => {
    const sticky = getComputedStyle(bar).position === "sticky";
    root.style.setProperty("--bar", `${(sticky ? bar.offsetHeight : 0) + 8}px`);
  };
  measure();
  addEventListener("resize", measure);

  const go = (step) => {
    const cells = stops();
    if (!cells.length) return;
    const here = cells.indexOf(current);
    const next = here < 0 ? (step > 0 ? 0 : cells.length - 1) : Math.min(Math.max(here + step, 0), cells.length - 1);
    current = cells[next];
    current.focus({ preventScroll: true });
    current.scrollIntoView({ block: "start" });
    document.getElementById("place").textContent = `${next + 1} of ${cells.length}`;
  };

  const openAll = () => {
    const folds = [...document.querySelectorAll("main details")];
    const open = folds.some((fold) => !fold.open);
    folds.forEach((fold) => { fold.open = open; });
  };

  const toggleColumns = () => {
    const other = document.getElementById(document.getElementById("one").checked ? "two" : "one");
    other.checked = true;
  };

  const acts = { next: () => go(1), previous: () => go(-1), open: openAll };
  document.querySelectorAll("button[data-act]").forEach((button) => {
    button.addEventListener("click", () => acts[button.dataset.act]());
  });

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey || (event.target instanceof Element && event.target.matches("[type=range]"))) return;
    if (event.ctrlKey) {
      if (event.key === "\\") { toggleColumns(); event.preventDefault(); }
      return;
    }
    const act = { n: acts.next, p: acts.previous, e: acts.open }[event.key];
    if (act) { act(); event.preventDefault(); }
  });

  document.addEventListener("focusin", (event) => {
    const cell = event.target.closest(".cell:not(.quiet):not(.unchanged)");
    if (cell) current = cell;
  });

  // The pictures to compare stand in the page once; a comparison borrows them when it is opened.
  document.addEventListener("toggle", (event) => {
    if (!event.target.matches("details.compare") || !event.target.open) return;
    const pictures = event.target.closest(".output").querySelector(".pictures");
    for (const [side, name] of [["old", ".lent-old"], ["new", ".lent-new"]]) {
      const source = pictures.querySelector(`.${side} img`);
      const lent = event.target.querySelector(name);
      if (source && lent) lent.src = source.src;
    }
  }, true);
  document.addEventListener("input", (event) => {
    if (event.target.matches(".swiping input")) {
      event.target.closest(".swiping").querySelector(".swipe").style.setProperty("--at", `${event.target.value}%`);
    }
  });
})();

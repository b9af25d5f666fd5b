/* Buttons that move a row up or down among its like; without them its place is typed as a number.

   Rows are numbered as they stand. Their forms keep the numbers in their names, which say nothing about order:
   Django wants the saved rows to have the first ones. */

const template = document.getElementById("row-buttons");
const status = document.getElementById("row-place");

const placeOf = (row) => row.querySelector("input[name$='-position']");
const rowOf = (element) => element.closest("tr.form-row, .inline-related:not(.tabular)");

/** The rows of a group that can be moved, as they stand. */
function rowsOf(group) {
  const rows = [...group.querySelectorAll("tr.form-row, .inline-related:not(.tabular)")];
  return rows.filter((row) => !row.matches(".empty-form") && placeOf(row));
}

/** A row, and above it what is wrong with the row of a table as a whole. */
function partsOf(row) {
  const above = row.previousElementSibling;
  return above?.matches(".row-form-errors") ? [above, row] : [row];
}

/** Of the two that change places, the neighbour is taken out: the button that was pressed keeps the cursor. */
function move(button) {
  const group = button.closest(".inline-group");
  const rows = rowsOf(group);
  const row = rowOf(button);
  const there = rows.indexOf(row) + (button.value === "up" ? -1 : 1);
  const neighbour = rows[there];
  if (!neighbour) return;
  if (button.value === "up") row.after(...partsOf(neighbour));
  else partsOf(row)[0].before(...partsOf(neighbour));
  number(group);
  button.scrollIntoView({ block: "nearest" });
  status.textContent = status.dataset.text.replace("{number}", there + 1).replace("{total}", rows.length);
}

function number(group) {
  rowsOf(group).forEach((row, index) => {
    placeOf(row).value = index + 1;
  });
  markEnds(group);
}

/** The first row goes no further up, a single one nowhere. A disabled button would lose the cursor. */
function markEnds(group) {
  const rows = rowsOf(group);
  for (const row of rows) {
    row.querySelector(".row-buttons").hidden = rows.length === 1;
    row.querySelector(".row-buttons [value=up]").ariaDisabled = row === rows[0];
    row.querySelector(".row-buttons [value=down]").ariaDisabled = row === rows.at(-1);
  }
}

/** Rows yet to be added are copies of the empty one, buttons included. */
function addButtons(group) {
  for (const place of group.querySelectorAll("input[name$='-position']")) {
    const row = rowOf(place);
    const heading = row.querySelector(":scope > h3 .inline_label");
    (heading ?? place).after(template.content.cloneNode(true));
  }
  markEnds(group);
}

/** Django gives the rows that are left new numbers from top to bottom: let it find them in the old order. */
function standAsNumbered(group) {
  const rows = rowsOf(group);
  const numbered = rows.toSorted((one, other) => formNumber(one) - formNumber(other));
  if (rows.every((row, index) => row === numbered[index])) return;
  arrange(rows, numbered);
  queueMicrotask(() => {
    arrange(numbered, rows);
    number(group);
  });
}

const formNumber = (row) => Number(row.id.match(/-(\d+)$/)[1]);

function arrange(rows, wanted) {
  const parts = wanted.flatMap(partsOf);
  const mark = document.createComment("");
  partsOf(rows[0])[0].before(mark);
  mark.before(...parts);
  mark.remove();
}

/** After a refused save the rows come back by the numbers of their forms: put them where they stood. */
function standAsBefore(group) {
  const rows = rowsOf(group);
  const wanted = (row) => Number(placeOf(row).value) || Infinity;
  const before = rows.toSorted((one, other) => (wanted(one) < wanted(other) ? -1 : wanted(one) > wanted(other)));
  if (rows.some((row, index) => row !== before[index])) arrange(rows, before);
}

for (const group of document.querySelectorAll(".inline-group")) {
  standAsBefore(group);
  addButtons(group);
}
document.addEventListener("click", ({ target }) => {
  const button = target.closest(".row-buttons button");
  if (button) move(button);
});
document.addEventListener("formset:added", ({ target }) => markEnds(target.closest(".inline-group")));
document.addEventListener("formset:removed", ({ detail }) => {
  const group = document.getElementById(`${detail.formsetName}-group`);
  standAsNumbered(group);
  markEnds(group);
});

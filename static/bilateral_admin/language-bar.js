/* One bar for the language of a whole form: its texts, those of inlines and of rows added later.

   Texts are the elements with data-language and data-field (relations/admin/languages.py). Without this
   module all languages stand below each other, each with its name. */

const bar = document.querySelector(".language-bar");
const form = bar?.closest("form");
const buttons = bar ? [...bar.querySelectorAll("button")] : [];
const select = bar?.querySelector("select");
const wide = matchMedia("(min-width: 1100px)");
const remembered = { shown: "bilateral.language", beside: "bilateral.language.beside" };

let shown = "";
let beside = "";
let isCounting = false;

const codes = () => buttons.map((button) => button.value);
const texts = () => [...form.querySelectorAll("[data-language]")];

/** The part of the form that disappears with a text: a cell, a box of a row, or a row. */
const placeOf = (text) => text.closest("td, .form-multiline > div, .form-row");

/** What a text belongs to: a row of an inline, or the form. */
const ownerOf = (text) => text.closest("tr, .inline-related:not(.tabular), form");

const isGone = (owner) =>
  owner !== form && (owner.matches(".empty-form") || owner.querySelector('[name$="-DELETE"]:checked') !== null);

function isFilled(text) {
  const value = "value" in text ? text.value : text.textContent;
  return !["", "-"].includes(value.replace(/<[^>]*>/g, "").trim());
}

/** A text that may be read but not changed has no widget to carry its language; the bar knows its name. */
function markReadOnly() {
  const fields = JSON.parse(bar.dataset.fields);
  for (const text of form.querySelectorAll(".readonly, td[class*='field-'] > p")) {
    const [, name] = text.closest(".fieldBox, .form-row, td").className.match(/\bfield-(\S+)/) ?? [];
    const language = name in fields && bar.querySelector(`[value="${fields[name].language}"] bdi`);
    if (language) {
      Object.assign(text.dataset, fields[name]);
      text.lang = language.lang;
      text.dir = language.dir;
    }
  }
  for (const header of form.querySelectorAll("th[class*='column-']")) {
    const [, name] = header.className.match(/\bcolumn-(\S+)/);
    if (name in fields) header.dataset.columnLanguage = fields[name].language;
  }
}

function besideNow() {
  return wide.matches && beside !== shown ? beside : "";
}

/** Show one language, or two beside each other, and hide all others. */
function show() {
  const second = besideNow();
  const isVisible = (language) => language === shown || language === second;
  for (const text of texts()) {
    const place = placeOf(text);
    place.hidden = !isVisible(text.dataset.language);
    // The language of the bar comes first, for eyes and for the Tab key.
    const group = place.matches(".form-multiline > div") && place.parentElement;
    if (group && text.dataset.language === shown && group.firstElementChild !== place) group.prepend(place);
    if (group) group.classList.add("languages");
    if (group) group.classList.toggle("has-two-languages", second !== "");
  }
  for (const header of form.querySelectorAll("[data-column-language]")) {
    header.hidden = !isVisible(header.dataset.columnLanguage);
  }
  for (const button of buttons) {
    const isShown = button.value === shown;
    button.setAttribute("aria-pressed", isShown);
    button.classList.toggle("is-beside", button.value === second);
    button.tabIndex = isShown ? 0 : -1;
    // On a telephone the bar is longer than the screen.
    if (isShown) button.parentElement.scrollTo({ left: button.offsetLeft - 24 });
  }
  for (const option of select.options) option.disabled = option.value === shown;
  select.value = beside === shown ? "" : beside;
}

function open(language) {
  if (language === beside) beside = shown;
  shown = language;
  localStorage.setItem(remembered.shown, shown);
  localStorage.setItem(remembered.beside, beside);
  show();
}

/** The languages each text is filled in; texts that are empty in all of them do not count. */
function filledLanguages() {
  const owners = new Map();
  for (const text of texts()) {
    const owner = ownerOf(text);
    if (isGone(owner) || !isFilled(text)) continue;
    if (!owners.has(owner)) owners.set(owner, {});
    const fields = owners.get(owner);
    fields[text.dataset.field] ??= new Set();
    fields[text.dataset.field].add(text.dataset.language);
  }
  return [...owners.values()].flatMap((fields) => Object.values(fields));
}

function count() {
  isCounting = false;
  const filled = filledLanguages();
  const original = form.querySelector("[name=original_language]")?.value ?? bar.dataset.original;
  for (const button of buttons) {
    const number = filled.filter((languages) => languages.has(button.value)).length;
    const state = number === 0 ? "empty" : number === filled.length ? "complete" : "partly";
    button.dataset.state = state;
    button.querySelector(".count").textContent = `${number}/${filled.length}`;
    button.querySelector(".state").textContent = bar.dataset[state];
    button.querySelector(".original").hidden = button.value !== original;
  }
}

function countSoon() {
  if (!isCounting) requestAnimationFrame(count);
  isCounting = true;
}

/** Mark the languages that the server found errors in; return the first text that has one. */
function markErrors() {
  const wrong = texts().filter((text) => placeOf(text).querySelector(".errorlist"));
  const languages = new Set(wrong.map((text) => text.dataset.language));
  for (const button of buttons) {
    button.classList.toggle("has-errors", languages.has(button.value));
    button.querySelector(".errors").hidden = !languages.has(button.value);
  }
  return wrong[0];
}

function firstLanguage() {
  const asked = new URLSearchParams(location.search).get("language");
  const original = form.querySelector("[name=original_language]")?.value ?? bar.dataset.original;
  const wishes = [asked, localStorage.getItem(remembered.shown), original, document.documentElement.lang];
  return wishes.find((language) => codes().includes(language)) ?? codes()[0];
}

function moveFocus(event) {
  const here = buttons.indexOf(event.target);
  const step = getComputedStyle(bar).direction === "rtl" ? -1 : 1;
  const targets = { ArrowRight: here + step, ArrowLeft: here - step, Home: 0, End: buttons.length - 1 };
  if (here < 0 || !(event.key in targets)) return;
  event.preventDefault();
  buttons[(targets[event.key] + buttons.length) % buttons.length].focus();
}

function listen() {
  for (const button of buttons) button.addEventListener("click", () => open(button.value));
  bar.addEventListener("keydown", moveFocus);
  select.addEventListener("change", () => {
    beside = select.value;
    open(shown);
  });
  wide.addEventListener("change", show);
  form.addEventListener("input", countSoon);
  form.addEventListener("change", countSoon);
  document.addEventListener("formset:added", () => {
    show();
    countSoon();
  });
  document.addEventListener("formset:removed", countSoon);
  form.addEventListener("field:wanted", ({ target }) => {
    if (target.dataset.language) open(target.dataset.language);
  });
}

function start() {
  markReadOnly();
  const stored = localStorage.getItem(remembered.beside);
  beside = codes().includes(stored) ? stored : "";
  shown = firstLanguage();
  bar.hidden = false;
  show();
  count();
  listen();
  const wrong = markErrors();
  if (wrong) open(wrong.dataset.language);
}

if (bar) start();

/* Where the cursor stands when a form opens: after a refused save in the first field with an error, else in
   the field that the address names, else in the first field of a new form. */

const FIELDS = "input:not([type=hidden]), select, textarea";

/** What takes the cursor for a field: itself, or what is drawn in its place. */
function handleOf(field) {
  const editor = field.closest(".prose-editor");
  if (editor) return editor.querySelector("[contenteditable]") ?? field;
  if (!field.matches(".select2-hidden-accessible")) return field;
  const drawn = field.nextElementSibling;
  return drawn.querySelector(".select2-search__field") ?? drawn.querySelector("[role=combobox]");
}

function unfold(element) {
  for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}

function goTo(field) {
  // The language bar opens the language of a text.
  field.dispatchEvent(new CustomEvent("field:wanted", { bubbles: true }));
  unfold(field);
  const focus = () => handleOf(field).focus();
  // A rich text may still be waiting for its editor.
  field.addEventListener("prose-editor:ready", () => setTimeout(focus), { once: true });
  focus();
}

/** The field that a list of errors stands beside; none if they are about several fields or rows together. */
const fieldOf = (errors) => errors.closest("td, .form-multiline > div, .form-row")?.querySelector(FIELDS);

function goToError(lists) {
  const field = lists.map(fieldOf).find((field) => field);
  if (field) return goTo(field);
  unfold(lists[0]);
  lists[0].tabIndex = -1;
  lists[0].focus();
}

/** What an address names: an element, else a field, a text in its first language, or a group of rows. */
function placeOf(name) {
  const texts = FIELDS.split(", ").map((field) => `${field}[id^="id_${CSS.escape(name)}_"]`);
  return (
    document.getElementById(name) ??
    document.getElementById(`id_${name}`) ??
    document.querySelector(texts) ??
    document.getElementById(`${name}-group`)
  );
}

function goToAddress() {
  const name = decodeURIComponent(location.hash.slice(1));
  const place = name ? placeOf(name) : null;
  if (place?.matches(FIELDS)) goTo(place);
  else if (place?.id.endsWith("-group")) {
    unfold(place);
    (place.querySelector(".add-row a, a.addlink") ?? place).focus();
    place.scrollIntoView();
  }
  return place;
}

function goToFirst() {
  const form = document.getElementById(document.getElementById("cursor").dataset.new);
  const fields = form ? [...form.querySelectorAll("fieldset :is(input, select, textarea)")] : [];
  const first = fields.find((field) => field.type !== "hidden" && field.offsetParent);
  if (first) handleOf(first).focus();
}

// After Django has drawn its search fields.
window.django.jQuery(() => {
  const lists = [...document.querySelectorAll("form .errorlist")];
  if (lists.length) goToError(lists);
  else if (!goToAddress()) goToFirst();
});
addEventListener("hashchange", goToAddress);

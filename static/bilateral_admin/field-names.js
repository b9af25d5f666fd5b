/* Search fields are drawn over a hidden list and forget its name: give it to them, in rows added later too. */

function nameOf(list) {
  const label = document.querySelector(`label[for="${list.id}"]`);
  return list.ariaLabel ?? label?.textContent.replace(/:\s*$/, "") ?? "";
}

function nameSearchFields(root) {
  for (const list of root.querySelectorAll("select.select2-hidden-accessible")) {
    const drawn = list.nextElementSibling;
    const name = nameOf(list);
    const chosen = drawn.querySelector(".select2-selection__rendered");
    if (chosen.getAttribute("role") === "textbox") chosen.removeAttribute("role");
    chosen.removeAttribute("aria-readonly");
    const field = drawn.querySelector(".select2-search__field") ?? drawn.querySelector("[role=combobox]");
    field.ariaLabel = list.multiple ? name : `${name}: ${chosen.title}`;
    field.removeAttribute("aria-labelledby");
  }
}

const $ = window.django.jQuery;
const nameAll = () => nameSearchFields(document);

// After Django has drawn them: when the page is ready, and when a row is added.
$(nameAll);
document.addEventListener("formset:added", () => setTimeout(nameAll));
$(document).on("select2:select select2:unselect select2:clear", () => setTimeout(nameAll));
// The field to type in appears only while a list is open.
$(document).on("select2:open", ({ target }) => {
  const field = document.querySelector(".select2-container--open .select2-search__field");
  if (field) field.ariaLabel = nameOf(target);
});

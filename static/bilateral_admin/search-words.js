/* What search fields say while one types: in the page's language, where theirs has no word of its own. */

const words = document.getElementById("search-words")?.dataset;

if (words) {
  const said = Object.entries(words).map(([name, text]) => [name, () => text]);
  window.django.jQuery.fn.select2.defaults.set("language", Object.fromEntries(said));
}

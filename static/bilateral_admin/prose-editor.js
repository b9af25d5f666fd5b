/* What the rich-text editor does not say by itself: the language of its text, its name, the words of its buttons. */

const words = JSON.parse(document.getElementById("prose-editor-words")?.textContent ?? "{}");

/** The editor's buttons come with English titles; some are shown as text in its menu of paragraph styles. */
function translate(toolbar) {
  for (const button of toolbar.querySelectorAll("button")) {
    const option = button.querySelector(".ProseMirror > button > *, :scope > h3, :scope > h4, :scope > p");
    const word = words[(option?.textContent ?? button.title).toLowerCase()];
    if (!word) continue;
    if (option) option.textContent = word;
    else button.ariaLabel = button.title = word;
  }
}

function dress(textarea) {
  const editor = textarea.closest(".prose-editor");
  const text = editor.querySelector("[contenteditable]");
  const toolbar = editor.querySelector(".prose-menubar");
  editor.lang = textarea.lang;
  editor.dir = textarea.dir;
  text.setAttribute("role", "textbox");
  text.setAttribute("aria-multiline", "true");
  for (const attribute of ["aria-describedby", "aria-invalid", "aria-label"]) {
    if (textarea.hasAttribute(attribute)) text.setAttribute(attribute, textarea.getAttribute(attribute));
  }
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  if (label) {
    label.id ||= `${textarea.id}_label`;
    text.setAttribute("aria-labelledby", label.id);
    label.addEventListener("click", () => text.focus());
  }
  if (toolbar) {
    toolbar.lang = document.documentElement.lang;
    toolbar.dir = document.documentElement.dir;
    translate(toolbar);
  }
}

document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
  // The toolbar is made when the editor says that it exists, which may be a moment later.
  if (editor.isInitialized) dress(textarea);
  else editor.on("create", () => dress(textarea));
});

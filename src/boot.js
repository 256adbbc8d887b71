// Starts the program. A file of its own, because the page's policy allows no inline script.
// The build writes the addresses of the program into the element that loads this file.
const { js, wasm } = document.querySelector("script[data-js]").dataset;
try {
  const { default: start } = await import(new URL(js, document.baseURI));
  await start({ module_or_path: new URL(wasm, document.baseURI) });
} catch (fault) {
  const trouble = document.getElementById("trouble");
  if (trouble.hidden) {
    trouble.textContent = "The program could not be started. Reload the page; if that does not help, use a current version of Firefox, Chrome, Edge or Safari.";
    trouble.hidden = false;
  }
  throw fault;
}

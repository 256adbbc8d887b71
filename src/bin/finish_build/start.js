// Unpacks the program from the page and starts it. START is the start function of the text above.
try {
  const packed = Uint8Array.from(atob(document.getElementById("program").textContent), (c) => c.charCodeAt(0));
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  await START({ module_or_path: new Response(unpacked, { headers: { "content-type": "application/wasm" } }) });
} catch (fault) {
  const trouble = document.getElementById("trouble");
  if (trouble.hidden) {
    trouble.textContent = "The program could not be started. Use a current version of Firefox, Chrome, Edge or Safari.";
    trouble.hidden = false;
  }
  throw fault;
}

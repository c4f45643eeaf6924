// @ts-check
// From a packed element to the value in it.

/** The JSON that is packed under `name`, which then gives its memory back. @param {string} name @returns {Promise<any>} */
export async function unpackedJson(name) {
  const packed = document.querySelector(`script.packed[data-name="${name}"]`);
  if (!packed) throw new Error(`it holds no ${name}`);
  if (typeof DecompressionStream !== "function") throw new Error("it needs a browser of 2023 or newer");
  const letters = atob(packed.textContent ?? "");
  packed.remove();
  const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

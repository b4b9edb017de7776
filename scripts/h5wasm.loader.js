const { createHash } = require('crypto');
const vm = require('vm');
const { gzipSync } = require('zlib');

const EMBEDDED =
  /function findWasmBinary\(\)\{return binaryDecode\(('[^]*?[^\\](?:\\\\)*')\)\}/;
const USE =
  'wasmBinaryFile??=findWasmBinary();var result=await instantiateAsync(wasmBinary,wasmBinaryFile,info);';
const MAGIC = '\0asm';

/**
 * Takes HDF5's compiled code out of h5wasm's script, into a compressed file.
 *
 * h5wasm carries it as a text of 4 MB, which a page would have to fetch, parse
 * and turn into bytes before it compiles them. A quarter of that comes as a file
 * and is compiled as it comes; Jupyter's server has browsers keep it for good, as
 * its address names its version. The page undoes the compression: Jupyter's server
 * sends files as they are. The file's name does not tell of it, so that no other
 * server undoes it before.
 */
module.exports = function (source) {
  const found = EMBEDDED.exec(source);
  if (!found || !source.includes(USE)) {
    throw new Error('h5wasm carries its compiled code in another way now.');
  }
  const [whole, literal] = found;
  // Each letter is a byte, its lower one: 256 stands for 0.
  const code = Buffer.from(vm.runInNewContext(literal), 'latin1');
  if (!code.toString('latin1').startsWith(MAGIC)) {
    throw new Error('What h5wasm carries is not WebAssembly.');
  }
  const packed = gzipSync(code, { level: 9 });
  const hash = createHash('sha256').update(packed).digest('hex');
  const version = hash.slice(0, 16);
  const name = `hdf5.${version}.bin`;
  this.emitFile(name, packed);
  const address = `__webpack_public_path__+"${name}?v=${version}"`;
  const rest = source
    .replace(whole, () => compiled.toString())
    .replace(USE, () => 'var result=await compiled(coming,info);');
  // It is on its way while the script is run.
  return `const coming=fetch(${address});coming.catch(()=>{});${rest}`;
};

/** Runs in the page's worker, in h5wasm's script: what comes is undone and compiled as it comes. */
async function compiled(coming, imports) {
  const { body, ok, status, url } = await coming;
  if (!ok) {
    throw new Error(`${status}: ${url}`);
  }
  const code = body.pipeThrough(new DecompressionStream('gzip'));
  const headers = { 'Content-Type': 'application/wasm' };
  return WebAssembly.instantiateStreaming(
    new Response(code, { headers }),
    imports
  );
}

/**
 * TypeScript and ES modules to what Jest runs, by ts-jest without its type
 * check (`tsc` does that). Jest runs CommonJS, which has no `import.meta`, so
 * the address of a module is spelt in CommonJS terms first.
 */
const { createHash } = require('crypto');
const { readFileSync } = require('fs');
const tsJest = require('ts-jest').default.createTransformer({
  diagnostics: false,
  tsconfig: {
    allowJs: true,
    esModuleInterop: true,
    isolatedModules: true,
    jsx: 'react',
    module: 'commonjs',
    target: 'es2022',
    // A field that is only declared must not reset what a base class has set.
    useDefineForClassFields: false
  }
});

const OWN_TEXT = readFileSync(__filename);
const NODE_MODULE = 'await import("module")';

function plain(source) {
  const text = source.replace(
    /\bimport\.meta\.url\b/g,
    'new URL(`file://${__filename}`).href'
  );
  // h5wasm has a `require` of its own, made by what it imports here; so that
  // must come from outside the function.
  return text.includes(NODE_MODULE)
    ? `import * as nodeModule from 'module';${text.replaceAll(NODE_MODULE, 'nodeModule')}`
    : text;
}

module.exports = {
  process: (source, path, options) =>
    tsJest.process(plain(source), path, options),
  getCacheKey: (source, path, options) =>
    createHash('sha256')
      .update(OWN_TEXT)
      .update(tsJest.getCacheKey(source, path, options))
      .digest('hex')
};

/** The reader's worker, as `src/hdf5/spawn.ts` names it. */
const WORKER = 'neuronvisio-worker';

module.exports = {
  module: {
    rules: [
      {
        test: /[\\/]h5wasm[\\/]dist[\\/]esm[\\/]hdf5_util\.js$/,
        use: require.resolve('./scripts/h5wasm.loader.js')
      }
    ]
  },
  optimization: {
    splitChunks: {
      // A worker that comes in two parts takes two round trips to start.
      chunks: chunk => !chunk.canBeInitial() && chunk.name !== WORKER
    }
  }
};

const { rspack } = require('@rspack/core');

// h5wasm carries its .wasm as a raw binary string. The minimizer would escape
// every byte of it and double its size, so its chunk is left as it is.
module.exports = {
  optimization: {
    splitChunks: {
      cacheGroups: {
        h5wasm: {
          test: /[\\/]h5wasm[\\/]/,
          name: 'h5wasm',
          chunks: 'all',
          enforce: true
        }
      }
    },
    minimizer: [
      new rspack.SwcJsMinimizerRspackPlugin({ exclude: [/h5wasm/] }),
      new rspack.LightningCssMinimizerRspackPlugin()
    ]
  }
};

module.exports = {
  module: {
    rules: [
      {
        test: /[\\/]h5wasm[\\/]dist[\\/]esm[\\/]hdf5_util\.js$/,
        use: require.resolve('./scripts/h5wasm.loader.js')
      }
    ]
  }
};

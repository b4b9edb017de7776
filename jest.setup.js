// The shims of JupyterLab's widgets need a window; readers are tested without one.
if (typeof window !== 'undefined') {
  require('@jupyterlab/testing/lib/jest-shim.js');
}

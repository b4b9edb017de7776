import { isResultFileName, ResultModelFactory } from '../document';

describe('isResultFileName()', () => {
  it.each(['storage.h5', 'STORAGE.H5', 'a.hdf5', 'b.HDF5'])(
    'takes %s',
    name => {
      expect(isResultFileName(name)).toBe(true);
    }
  );

  it.each(['storage.hoc', 'h5', 'a.h5.txt'])('leaves %s', name => {
    expect(isResultFileName(name)).toBe(false);
  });
});

describe('ResultModelFactory', () => {
  it('asks the server for metadata only', () => {
    expect(new ResultModelFactory().fileFormat).toBeNull();
  });

  it('makes models that keep a context from saving and from checkpoints', () => {
    const model = new ResultModelFactory().createNew();
    model.dirty = true;
    model.readOnly = false;
    expect(model.collaborative).toBe(true);
    expect(model.readOnly).toBe(true);
    expect(model.dirty).toBe(false);
  });

  it('makes models that refuse to be written', () => {
    const model = new ResultModelFactory().createNew();
    expect(() => model.toString()).toThrow('cannot be saved');
    expect(() => model.toJSON()).toThrow('cannot be saved');
  });
});

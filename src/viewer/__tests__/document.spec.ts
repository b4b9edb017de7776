import { ResultModelFactory } from '../document';

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

import { runNames } from '../runs';

const names = (...paths: string[]) => runNames(paths).map(({ name }) => name);

describe('runNames()', () => {
  it('names files by their names without the ending', () => {
    expect(names('soma_ctrl.h5', 'data/soma_ttx.HDF5')).toEqual([
      'soma_ctrl',
      'soma_ttx'
    ]);
  });

  it('adds the folders that tell files of one name apart', () => {
    expect(names('Sim_0/run.h5', 'Sim_1/run.h5', 'Sim_1/other.h5')).toEqual([
      'Sim_0/run',
      'Sim_1/run',
      'other'
    ]);
    expect(names('a/Sims/s/run.h5', 'b/Sims/s/run.h5')).toEqual([
      'a/Sims/s/run',
      'b/Sims/s/run'
    ]);
  });

  it('stops where there is no folder more', () => {
    expect(names('run.h5', 'Sim_1/run.h5')).toEqual(['run', 'Sim_1/run']);
  });

  it('keeps the ending where nothing else tells files apart', () => {
    expect(names('run.h5', 'run.hdf5')).toEqual(['run.h5', 'run.hdf5']);
  });

  it('knows the name of the file beside that of the run', () => {
    expect(runNames(['Sim_0/run.h5', 'Sim_1/run.h5'])[1]).toEqual({
      name: 'Sim_1/run',
      file: 'Sim_1/run.h5'
    });
  });

  it('leaves a dot in a name that is no ending', () => {
    expect(names('g_0.5.h5', 'g_0.25')).toEqual(['g_0.5', 'g_0.25']);
  });
});

import { pathFrom } from '../place';

describe('#pathFrom()', () => {
  it.each([
    ['', 'storage.h5', 'storage.h5'],
    ['work/lab', 'Sims/Sim_1/storage.h5', 'work/lab/Sims/Sim_1/storage.h5'],
    ['work/lab', '../storage.h5', 'work/storage.h5'],
    ['work', './a/../storage.h5', 'work/storage.h5'],
    ['', '100%20 #1.h5', '100%20 #1.h5']
  ])('should lead from %j by %j to %j', (folder, relative, path) => {
    expect(pathFrom(folder, relative)).toBe(path);
  });

  it.each([
    '',
    '/etc/passwd',
    '../storage.h5',
    'a/../../storage.h5',
    'a//b.h5',
    'a/',
    '..',
    'https://example.org/a.h5',
    '//example.org/a.h5',
    'RTC:a.h5',
    'C:\\a.h5',
    '..\\a.h5',
    'a\u0000.h5'
  ])('should refuse %j in the root', relative => {
    expect(pathFrom('', relative)).toBeNull();
  });
});

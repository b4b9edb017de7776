import { join } from 'path';
import { fileBytes, FIXTURES } from '../../hdf5/__tests__/fixture';
import { ServedFile } from '../../hdf5/__tests__/inprocess';
import type { FailureCode } from '../../refs/failure';
import { failureOf } from '../../refs/failure';
import { groupXPath } from '../../refs/layout';
import type { ITraceRequest } from '../../refs/types';
import { Comparison } from '../comparison';
import { newWatch } from './viewerpage';

const V = '/results/VecRef/soma/v';

let files: Map<string, ServedFile>;
let opened: string[];
let path: string;
let comparison: Comparison;

/** Put a fixture on the server. */
function place(at: string, fixture: string): void {
  const data = fileBytes(join(FIXTURES, `${fixture}.h5`));
  files.set(at, new ServedFile(data));
}

function fileAt(at: string): ServedFile {
  const file = files.get(at);
  if (!file) {
    throw new Error(`There is no ${at}`);
  }
  return file;
}

beforeEach(() => {
  files = new Map();
  opened = [];
  path = 'Sim_0/run.h5';
  place(path, 'small');
  place('Sim_1/run.h5', 'edge/x-mismatch');
  place('other.h5', 'edge/many-groups');
  const source = fileAt(path).source();
  comparison = new Comparison(
    source,
    {
      path: () => path,
      open: other => {
        opened.push(other);
        return fileAt(other).source();
      }
    },
    newWatch()
  );
});

afterEach(() => comparison.dispose());

function request(variable: string, more: Partial<ITraceRequest> = {}) {
  const x = groupXPath(variable);
  const rest = { range: null, columns: 500, maxPoints: 20000 };
  return { path: variable, x, ...rest, ...more };
}

/** What a trace fails with. */
async function failure(run: number, variable = V): Promise<FailureCode> {
  try {
    await comparison.trace(request(variable), () => {}, run);
  } catch (reason) {
    return failureOf(reason, 'damaged').code;
  }
  throw new Error('it was read');
}

const ids = () => comparison.compared.map(({ id }) => id);

describe('Comparison', () => {
  describe('#add()', () => {
    it('should name the files by what tells them apart, and tell so', () => {
      const told = jest.fn();
      comparison.changed.connect(told);
      expect(comparison.add(['Sim_1/run.h5', 'other.h5'])).toEqual({
        added: 2,
        leftOut: 0
      });
      expect(comparison.runs.map(({ name }) => name)).toEqual([
        'Sim_0/run',
        'Sim_1/run',
        'other'
      ]);
      expect(told).toHaveBeenCalledTimes(1);
    });

    it('should read nothing', () => {
      comparison.add(['Sim_1/run.h5']);
      expect(opened).toEqual([]);
      expect(fileAt('Sim_1/run.h5').server.seen).toEqual([]);
    });

    it('should compare with no file twice, and with the opened one not at all', () => {
      comparison.add(['other.h5']);
      const told = jest.fn();
      comparison.changed.connect(told);
      expect(comparison.add(['other.h5', path])).toEqual({
        added: 0,
        leftOut: 0
      });
      expect(comparison.compared).toHaveLength(1);
      expect(told).not.toHaveBeenCalled();
    });

    it('should tell how many it has no room for', () => {
      const many = Array.from({ length: 23 }, (_, i) => `run_${i}.h5`);
      expect(comparison.add(many)).toEqual({ added: 20, leftOut: 3 });
      expect(comparison.compared).toHaveLength(comparison.most);
      expect(comparison.add(['run_0.h5', 'one_more.h5'])).toEqual({
        added: 0,
        leftOut: 1
      });
    });
  });

  describe('#trace()', () => {
    it('should read a variable of each file against the x of that file', async () => {
      comparison.add(['Sim_1/run.h5']);
      const own = await comparison.trace(request(V), () => {}, 0);
      const other = await comparison.trace(request(V), () => {}, ids()[0]);
      expect(own.length).toBe(1601);
      expect(own.extent).toEqual([0, 40]);
      expect(other.length).toBe(101);
      expect(other.extent).toEqual([0, 10]);
      expect(Array.from(other.series[0].x)).toHaveLength(101);
      expect(other.series[0].y[0]).toBe(-65);
      expect(opened).toEqual(['Sim_1/run.h5']);
    });

    it('should have one reader a file, however much is drawn of it', async () => {
      comparison.add(['Sim_1/run.h5']);
      await Promise.all([
        comparison.trace(request(V), () => {}, ids()[0]),
        comparison.trace(
          request('/results/VecRef/soma/short'),
          () => {},
          ids()[0]
        )
      ]);
      expect(fileAt('Sim_1/run.h5').workers).toHaveLength(1);
    });

    it('should say what a file lacks', async () => {
      comparison.add(['Sim_1/run.h5', 'other.h5']);
      const [run1, other] = ids();
      expect(await failure(run1, '/results/VecRef/soma/ina')).toBe(
        'node-missing'
      );
      // It has many groups, and VecRef is none of them.
      expect(await failure(other)).toBe('node-missing');
    });

    it('should take the only group of a file whose group has another name, and its x', async () => {
      comparison.add(['Sim_1/run.h5']);
      const trace = await comparison.trace(
        request('/results/Group_00/soma/v'),
        () => {},
        ids()[0]
      );
      expect(trace.path).toBe(V);
      expect(trace.pairing).toEqual({ kind: 'x', path: '/results/VecRef/x' });
      expect(trace.length).toBe(101);
    });

    it('should say that the variable is missing in the only group, too', async () => {
      comparison.add(['Sim_1/run.h5']);
      expect(await failure(ids()[0], '/results/Group_00/soma/w')).toBe(
        'node-missing'
      );
      expect(await failure(ids()[0], '/other/soma/v')).toBe('node-missing');
    });

    it.each<[string, number, FailureCode]>([
      ['is gone', 404, 'not-found'],
      ['may not be read', 403, 'forbidden']
    ])('should cost a file that %s alone', async (_, status, code) => {
      comparison.add(['Sim_1/run.h5', 'other.h5']);
      fileAt('Sim_1/run.h5').server.status = status;
      expect(await failure(ids()[0])).toBe(code);
      expect((await comparison.trace(request(V), () => {}, 0)).length).toBe(
        1601
      );
      const group = '/results/Group_00/soma/v';
      expect(
        (await comparison.trace(request(group), () => {}, ids()[1])).length
      ).toBe(10);
    });

    it('should say that a file is damaged', async () => {
      files.set('bad.h5', new ServedFile(new Uint8Array(5000)));
      comparison.add(['bad.h5']);
      expect(await failure(ids()[0])).toBe('not-hdf5');
    });

    it('should read nothing of a file that was taken out', async () => {
      comparison.add(['Sim_1/run.h5']);
      const [id] = ids();
      comparison.remove(id);
      expect(await failure(id)).toBe('cancelled');
      expect(opened).toEqual([]);
    });
  });

  describe('#remove()', () => {
    it('should close the file, and compare with the others', async () => {
      comparison.add(['Sim_1/run.h5', 'other.h5']);
      const [run1] = ids();
      await comparison.trace(request(V), () => {}, run1);
      comparison.remove(run1);
      expect(fileAt('Sim_1/run.h5').workers[0].terminated).toBe(true);
      expect(comparison.runs.map(({ name }) => name)).toEqual(['run', 'other']);
    });

    it('should give a file that comes back another number', () => {
      comparison.add(['other.h5']);
      const [before] = ids();
      comparison.remove(before);
      comparison.add(['other.h5']);
      expect(ids()[0]).not.toBe(before);
    });
  });

  describe('#rename()', () => {
    it('should name the opened file as it is called now', () => {
      comparison.add(['other.h5']);
      path = 'ctrl.h5';
      const told = jest.fn();
      comparison.changed.connect(told);
      comparison.rename();
      expect(told).toHaveBeenCalledTimes(1);
      expect(comparison.runs[0]).toEqual({
        id: 0,
        name: 'ctrl',
        file: 'ctrl.h5'
      });
    });
  });

  describe('#reload()', () => {
    it('should read a file that changed on disk as it is now', async () => {
      comparison.add(['Sim_1/run.h5']);
      await comparison.trace(request(V), () => {}, ids()[0]);
      const { server } = fileAt('Sim_1/run.h5');
      server.data = fileBytes(join(FIXTURES, 'morphology.h5'));
      server.lastModified = 'Tue, 24 Nov 2026 12:00:00 GMT';
      comparison.reload();
      expect(
        (await comparison.trace(request(V), () => {}, ids()[0])).length
      ).toBe(201);
    });

    it('should find a file that was put back', async () => {
      comparison.add(['Sim_1/run.h5']);
      const { server } = fileAt('Sim_1/run.h5');
      server.status = 404;
      expect(await failure(ids()[0])).toBe('not-found');
      server.status = null;
      comparison.reload();
      expect(
        (await comparison.trace(request(V), () => {}, ids()[0])).length
      ).toBe(101);
    });

    it('should open no file that nothing was drawn of', () => {
      comparison.add(['Sim_1/run.h5']);
      comparison.reload();
      expect(opened).toEqual([]);
    });
  });

  describe('#dispose()', () => {
    it('should be safe twice, and close every file', async () => {
      comparison.add(['Sim_1/run.h5', 'other.h5']);
      await comparison.trace(request(V), () => {}, ids()[0]);
      comparison.dispose();
      comparison.dispose();
      expect(comparison.isDisposed).toBe(true);
      expect(fileAt('Sim_1/run.h5').workers[0].terminated).toBe(true);
      expect(opened).toEqual(['Sim_1/run.h5']);
      expect(await failure(1)).toBe('cancelled');
    });
  });
});

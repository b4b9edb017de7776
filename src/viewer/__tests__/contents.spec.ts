import type { IListing } from '../../refs/types';
import { Contents } from '../contents';
import { FakeSource, manySections } from './fakesource';

function contentsOf(source: FakeSource): Contents {
  return new Contents({ source, summary: source.summary });
}

describe('Contents', () => {
  describe('#childNames()', () => {
    it('should know the root from the opening, and no other group before it is listed', () => {
      const source = new FakeSource({ b: {}, a: {} }, 'plain');
      const contents = contentsOf(source);
      expect(contents.childNames('/')).toEqual(['a', 'b']);
      expect(contents.childTotal('/')).toBe(2);
      expect(contents.childNames('/a')).toBeNull();
      expect(contents.childTotal('/a')).toBeNull();
    });

    it('should know the groups of the results that came with the opening', async () => {
      const source = new FakeSource({ results: { VecRef: {} } });
      const [groups] = await source.list(['/results']);
      const summary = { ...source.summary, groups: groups as IListing };
      const contents = new Contents({ source, summary });
      source.listed.length = 0;
      await contents.requestChildren(['/results']);
      expect(contents.childNames('/results')).toEqual(['VecRef']);
      contents.renew(summary);
      expect(contents.isListingOld('/results')).toBe(false);
      contents.renew(source.summary);
      expect(contents.isListingOld('/results')).toBe(true);
      expect(source.listed).toEqual([]);
    });

    it('should be in natural order', async () => {
      const contents = contentsOf(new FakeSource(manySections(11)));
      await contents.requestChildren(['/results/VecRef']);
      const names = contents.childNames('/results/VecRef');
      expect(names?.slice(1, 4)).toEqual(['dend_1', 'dend_2', 'dend_3']);
      expect(names?.slice(-2)).toEqual(['dend_10', 'x']);
    });
  });

  describe('#requestChildren()', () => {
    it('should ask again for what an answer leaves out', async () => {
      const source = new FakeSource({ a: { i: '' }, b: { j: '' }, c: {} });
      source.most = 1;
      const contents = contentsOf(source);
      await contents.requestChildren(['/a', '/b', '/c']);
      expect(contents.childNames('/b')).toEqual(['j']);
      expect(contents.childNames('/c')).toEqual([]);
    });

    it('should ask once for what is asked for twice, then or later', async () => {
      const source = new FakeSource(manySections(2));
      const contents = contentsOf(source);
      const first = contents.requestChildren(['/results', '/results']);
      await Promise.all([first, contents.requestChildren(['/results'])]);
      await contents.requestChildren(['/results']);
      expect(source.listed).toEqual(['/results']);
    });

    it('should keep the failure of one node, and the answers of the others', async () => {
      const contents = contentsOf(new FakeSource(manySections(2)));
      await contents.requestChildren(['/results/none', '/results']);
      expect(contents.failure('/results/none')?.code).toBe('node-unreadable');
      expect(contents.childNames('/results/none')).toBeNull();
      expect(contents.childNames('/results')).toEqual(['VecRef']);
      expect(contents.failure('/results')).toBeNull();
    });

    it('should keep the failure of a whole call for each node, and try again when asked', async () => {
      const source = new FakeSource(manySections(2));
      const contents = contentsOf(source);
      source.isGone = true;
      await contents.requestChildren(['/results', '/results/VecRef']);
      expect(contents.failure('/results/VecRef')?.code).toBe('server-gone');
      source.isGone = false;
      await contents.requestChildren(['/results']);
      expect(contents.childNames('/results')).toEqual(['VecRef']);
      expect(contents.failure('/results')).toBeNull();
    });

    it('should fail a call that answers nothing, not ask for ever', async () => {
      const source = new FakeSource(manySections(2));
      source.most = 0;
      const contents = contentsOf(source);
      await contents.requestChildren(['/results']);
      expect(contents.failure('/results')).not.toBeNull();
      expect(source.listed).toHaveLength(1);
    });
  });

  describe('#requestFacts()', () => {
    it('should read facts, and why there are none', async () => {
      const contents = contentsOf(new FakeSource(manySections(8)));
      const path = '/results/VecRef/dend_7/cai';
      await contents.requestFacts([path, '/results/none']);
      expect(contents.facts(path)?.detail).toBe('Proximal tuft');
      expect(contents.facts('/results/none')).toBeNull();
      expect(contents.failure('/results/none')?.code).toBe('node-missing');
    });

    it('should not call it a failure that a dataset cannot be listed', async () => {
      const contents = contentsOf(new FakeSource(manySections(1)));
      await contents.requestChildren(['/results/VecRef/x']);
      expect(contents.failure('/results/VecRef/x')).not.toBeNull();
      await contents.requestFacts(['/results/VecRef/x']);
      expect(contents.failure('/results/VecRef/x')).toBeNull();
    });
  });

  describe('#changed', () => {
    it('should be emitted once for all that comes at a time', async () => {
      const contents = contentsOf(new FakeSource(manySections(3)));
      let count = 0;
      contents.changed.connect(() => {
        count += 1;
      });
      await Promise.all([
        contents.requestChildren(['/results', '/results/VecRef']),
        contents.requestFacts(['/results'])
      ]);
      expect(count).toBe(1);
    });
  });

  describe('#reset()', () => {
    it('should forget all, and drop the answers under way', async () => {
      const source = new FakeSource(manySections(1));
      const contents = contentsOf(source);
      await contents.requestChildren(['/results']);
      const late = contents.requestChildren(['/results/VecRef']);
      const rootNames = ['other'];
      contents.reset({ ...source.summary, kind: 'plain', rootNames });
      await late;
      expect(contents.childNames('/results')).toBeNull();
      expect(contents.childNames('/results/VecRef')).toBeNull();
      expect(contents.childNames('/')).toEqual(['other']);
      expect(contents.summary.kind).toBe('plain');
    });
  });

  describe('#renew()', () => {
    const GROUP = '/results/VecRef';
    const V = `${GROUP}/dend_0/v`;

    async function renewed() {
      const source = new FakeSource(manySections(1));
      const contents = contentsOf(source);
      await contents.requestChildren(['/results', GROUP]);
      await contents.requestFacts([V]);
      source.replace(manySections(2));
      contents.renew(source.summary);
      return { source, contents };
    }

    it('should keep what was read until it is read again', async () => {
      const { source, contents } = await renewed();
      expect(contents.childNames(GROUP)).toEqual(['dend_0', 'x']);
      expect(contents.isListingOld(GROUP)).toBe(true);
      expect(contents.facts(V)?.path).toBe(V);
      expect(contents.lacksFacts(V)).toBe(true);
      expect(source.listed).toEqual([]);
      await contents.requestChildren([GROUP]);
      await contents.requestFacts([V]);
      expect(contents.childNames(GROUP)).toEqual(['dend_0', 'dend_1', 'x']);
      expect(contents.isListingOld(GROUP)).toBe(false);
      expect(contents.lacksFacts(V)).toBe(false);
    });

    it('should know the root from the opening', async () => {
      const { source, contents } = await renewed();
      source.replace({ results: {}, other: {} });
      contents.renew(source.summary);
      expect(contents.childNames('/')).toEqual(['other', 'results']);
      expect(contents.isListingOld('/')).toBe(false);
    });

    it('should drop what is not in the file any more, once it is asked for', async () => {
      const { source, contents } = await renewed();
      source.replace({ results: {} });
      await contents.requestChildren([GROUP]);
      await contents.requestFacts([V]);
      expect(contents.childNames(GROUP)).toBeNull();
      expect(contents.facts(V)).toBeNull();
      expect(contents.factsFailure(V)?.code).toBe('node-missing');
      expect(contents.lacksFacts(V)).toBe(false);
    });

    it('should drop the answers under way', async () => {
      const { source, contents } = await renewed();
      const late = contents.requestChildren([GROUP]);
      contents.renew(source.summary);
      await late;
      expect(contents.isListingOld(GROUP)).toBe(true);
    });
  });

  describe('#dispose()', () => {
    it('should be safe twice, and drop the answers under way', async () => {
      const contents = contentsOf(new FakeSource(manySections(1)));
      let count = 0;
      contents.changed.connect(() => {
        count += 1;
      });
      const late = contents.requestChildren(['/results']);
      contents.dispose();
      contents.dispose();
      await late;
      expect(contents.isDisposed).toBe(true);
      expect(count).toBe(0);
    });
  });
});

import { nullTranslator } from '@jupyterlab/translation';
import { NotesStrip } from '../strip';

const trans = nullTranslator.load('test');
const PLAIN = { text: 'One thing.', technical: null };
const DETAILED = { text: 'Another.', technical: 'errno 5' };

describe('NotesStrip', () => {
  it('should be hidden as long as there is nothing to say', () => {
    const strip = new NotesStrip();
    expect(strip.node.hidden).toBe(true);
    strip.setNotes([PLAIN], trans);
    expect(strip.node.hidden).toBe(false);
    strip.setNotes([], trans);
    expect(strip.node.hidden).toBe(true);
    expect(strip.node.children).toHaveLength(0);
  });

  it('should be announced', () => {
    expect(new NotesStrip().node.getAttribute('role')).toBe('status');
  });

  describe('#setNotes()', () => {
    it('should fold the details of the notes that have some', () => {
      const strip = new NotesStrip();
      strip.setNotes([PLAIN, DETAILED], trans);
      const [plain, detailed] = Array.from(strip.node.children);
      expect(plain.textContent).toBe('One thing.');
      expect(plain.querySelector('details')).toBeNull();
      const details = detailed.querySelector('details');
      expect(details?.open).toBe(false);
      expect(details?.querySelector('pre')?.textContent).toBe('errno 5');
    });

    it('should not be turned round by a name in it', () => {
      const strip = new NotesStrip();
      const note = { text: 'so\u202ema has 42 values', technical: '\u202e42' };
      strip.setNotes([note], trans);
      expect(strip.node.textContent).not.toContain('\u202e');
      expect(strip.node.textContent).toContain('so\ufffdma has 42 values');
    });

    it('should have a button where it can be tried again', () => {
      const retry = jest.fn();
      const strip = new NotesStrip(retry);
      strip.setNotes([PLAIN, { ...PLAIN, retry: true }], trans);
      const buttons = strip.node.querySelectorAll('button');
      expect(buttons).toHaveLength(1);
      expect(buttons[0].textContent).toBe('Retry');
      buttons[0].click();
      expect(retry).toHaveBeenCalledTimes(1);
    });

    it('should show words of a file as text', () => {
      const strip = new NotesStrip();
      const html = '<img src=x onerror=alert(1)>';
      strip.setNotes([{ text: html, technical: html }], trans);
      expect(strip.node.querySelector('img')).toBeNull();
      expect(strip.node.textContent).toContain(html);
    });

    it('should say whether anything changed, and leave opened details open else', () => {
      const strip = new NotesStrip();
      expect(strip.setNotes([], trans)).toBe(false);
      expect(strip.setNotes([DETAILED], trans)).toBe(true);
      const details = strip.node.querySelector('details')!;
      details.open = true;
      expect(strip.setNotes([{ ...DETAILED }], trans)).toBe(false);
      expect(strip.node.querySelector('details')).toBe(details);
      expect(strip.setNotes([PLAIN], trans)).toBe(true);
    });
  });
});

import type { Span } from './blocks';
import { joinedSpans } from './blocks';

/** A span of a file that somebody said will come. */
export class ComingSpan {
  /** Say that a span will come; `get` fetches it, `over` is called when it is there, or will not come. */
  constructor(
    readonly span: Span,
    private readonly _get: () => Promise<void>,
    private readonly _over: () => void
  ) {}

  /** Have it come now, unless it is on its way, or will not come; rejects where the server fails. */
  fetch(): Promise<void> {
    this._fetching ??= this._isOver ? Promise.resolve() : this._fetch();
    return this._fetching;
  }

  /** It will not come, unless it is on its way. */
  cancel(): void {
    if (!this._isOver) {
      this._isOver = true;
      this._over();
    }
  }

  private async _fetch(): Promise<void> {
    try {
      await this._get();
    } finally {
      this.cancel();
    }
  }

  private _isOver = false;
  private _fetching: Promise<void> | null = null;
}

/** The spans of a file that will come, so that nobody fetches them twice. */
export class ComingSpans {
  /** Nothing comes yet; `get` fetches a span. */
  constructor(private readonly _get: (span: Span) => Promise<void>) {}

  /** Say that a span will come. */
  announce(span: Span): ComingSpan {
    const coming: ComingSpan = new ComingSpan(
      span,
      () => this._get(span),
      () => this._all.delete(coming)
    );
    this._all.add(coming);
    return coming;
  }

  /** What comes that has some of a span. */
  meeting(span: Span): ComingSpan[] {
    return [...this._all].filter(other => meet(other.span, span));
  }

  private readonly _all = new Set<ComingSpan>();
}

/** What of a span is not in others. */
export function without([from, to]: Span, others: readonly Span[]): Span[] {
  const parts: Span[] = [];
  let at = from;
  for (const [start, end] of joinedSpans(others, 0)) {
    if (start > at) {
      parts.push([at, start]);
    }
    at = Math.max(at, end);
  }
  return at < to ? [...parts, [at, to]] : parts;
}

function meet(a: Span, b: Span): boolean {
  return a[0] < b[1] && b[0] < a[1];
}

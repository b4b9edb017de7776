/** What tells one state of a file from another without reading it. */
export interface IFileState {
  /** When it was changed, as the server says it. */
  readonly modified: string;
  readonly size: number | null;
}

/** Whether two states are of the same file unchanged; where a size is not known, the date alone tells. */
export function isSameState(
  a: IFileState | null,
  b: IFileState | null
): boolean {
  const [size, other] = [a?.size ?? null, b?.size ?? null];
  return (
    a?.modified === b?.modified &&
    (size === null || other === null || size === other)
  );
}

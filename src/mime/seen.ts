/** Something that is watched until it is ended. */
export interface IWatch {
  end(): void;
}

/** How far below or above the page something counts as in sight, in pixels. */
const MARGIN = '200px';

/** Call a function once, when an element comes into sight. */
export function whenSeen(node: HTMLElement, seen: () => void): IWatch {
  const observer = new IntersectionObserver(
    entries => {
      if (entries.some(entry => entry.isIntersecting)) {
        observer.disconnect();
        seen();
      }
    },
    { rootMargin: MARGIN }
  );
  observer.observe(node);
  return { end: () => observer.disconnect() };
}

/** Call a function whenever an element has another size. */
export function whenSized(node: HTMLElement, sized: () => void): IWatch {
  const observer = new ResizeObserver(() => sized());
  observer.observe(node);
  return { end: () => observer.disconnect() };
}

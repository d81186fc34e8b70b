// The few signs our pages use, drawn once a page and referred to by name; they take the colour of the text.

const paths = {
  vote: 'M8 3.2 13 11.5H3z',
  comment: 'M2.5 3h11v8h-6l-3 2.5V11h-2z',
  star: 'M8 2l1.8 3.9 4.2.5-3.1 2.9.8 4.2L8 11.4l-3.7 2.1.8-4.2L2 6.4l4.2-.5z',
  code: 'M5.5 4 1.5 8l4 4M10.5 4l4 4-4 4',
  site: 'M6.5 3.5h-4v10h10v-4M9 2.5h4.5V7M13 3 7 9',
  left: 'M10 3 5 8l5 5',
  right: 'M6 3l5 5-5 5',
} as const;

export type IconName = keyof typeof paths;

/** Defines the icons; stands once in every page. */
export function IconSheet() {
  return (
    <svg width="0" height="0" class="icon-sheet" aria-hidden="true">
      {Object.entries(paths).map(([name, path]) => (
        <symbol id={`i-${name}`} viewBox="0 0 16 16">
          <path d={path} />
        </symbol>
      ))}
    </svg>
  );
}

/** An icon; decoration only, so the words beside it must say what it means. */
export function Icon(props: { readonly name: IconName }) {
  return (
    <svg class={`icon icon-${props.name}`} width="16" height="16" aria-hidden="true" focusable="false">
      <use href={`#i-${props.name}`} />
    </svg>
  );
}

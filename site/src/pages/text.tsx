// Other people's text as elements: each in its own direction, apart from the text around it.
import { raw } from 'hono/html';
import type { Marks } from '../maths/marked.ts';
import { inlineHtml, paragraphsHtml } from '../maths/prose.ts';

/** A line that may hold LaTeX: a title, a name. Not followable in itself, so it can stand in a link. */
export function Line(props: { readonly text: string; readonly marks?: Marks | undefined }) {
  return <bdi>{raw(inlineHtml(props.text, { links: false, marks: props.marks }))}</bdi>;
}

/** Sentences that may hold LaTeX and addresses. */
export function Sentences(props: { readonly text: string }) {
  return <bdi>{raw(inlineHtml(props.text))}</bdi>;
}

/** A text of several paragraphs. */
export function Paragraphs(props: { readonly text: string; readonly class?: string }) {
  return (
    <div class={props.class ?? 'prose'} dir="auto">
      {raw(paragraphsHtml(props.text))}
    </div>
  );
}

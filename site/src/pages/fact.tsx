// A name and what is known under it, in a list of facts.
import type { Child } from 'hono/jsx';

/** Stands in a `<dl>`. */
export function Fact(props: { readonly name: string; readonly children?: Child }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

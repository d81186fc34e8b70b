// `/lab/about`: rules, sizes, seeds, and what a verdict does and does not mean.
import { Page } from '../layout.tsx';
import { VerdictBadge } from './verdict-badge.tsx';

export function AboutLabPage(props: { readonly publicUrl: string }) {
  return (
    <Page title="How the lab decides" section="lab" canonical={`${props.publicUrl}/lab/about`}>
      <article class="essay">
        <p class="kicker">
          <a href="/lab">The lab</a>
        </p>
        <h1>How the lab decides</h1>
        <p>
          A paper’s central claim is put into one sentence that can be tried on two processor cores. A rule
          says in words and in code which numbers would confirm it and which would refute it. Then it is run,
          and the rule decides.
        </p>
        <h2>The rule comes first</h2>
        <p>
          The rule is written and recorded before the first run, and it is not changed when the numbers are
          in. Nothing is tuned until a paper comes out right; a baseline gets the same tuning as the method.
          Whatever could explain an effect away is run as an arm of its own. A run that diverges is a result,
          not a failure.
        </p>
        <h2>Verdicts</h2>
        <dl class="rule">
          <div>
            <dt>
              <VerdictBadge state="confirmed" />
            </dt>
            <dd>At this scale the numbers are those that the rule asked for. It is no proof at any other.</dd>
          </div>
          <div>
            <dt>
              <VerdictBadge state="refuted" />
            </dt>
            <dd>
              At this scale the numbers are those that the rule had set down against the claim. The paper may
              still be right where it was made: with larger models, other data, its authors’ tuning.
            </dd>
          </div>
          <div>
            <dt>
              <VerdictBadge state="undecided" />
            </dt>
            <dd>
              Neither: too little effect for this many seeds, or a scale at which the question does not arise.
            </dd>
          </div>
        </dl>
        <p>
          A verdict is about one claim in our words, not about a paper, and never about people. Each page says
          under “Scale” what differs from the paper’s setting.
        </p>
        <h2>Seeds and intervals</h2>
        <p>
          Where chance enters by the seed, at least six are run, and differences between arms are taken seed
          by seed. A 95 % interval is made so that of a hundred such trials about 95 would hold the true value
          in theirs. It speaks for other seeds or other test items, as its page says, not for other data or
          other models.
        </p>
        <h2>Three sizes</h2>
        <dl class="rule">
          <div>
            <dt>smoke</dt>
            <dd>At most ten seconds: does it run, does the loss fall. Runs with every change of the code.</dd>
          </div>
          <div>
            <dt>short</dt>
            <dd>
              At most three minutes on two cores. What “Run it here” does; its decision is the rule’s for that
              run.
            </dd>
          </div>
          <div>
            <dt>full</dt>
            <dd>
              What the verdict on the page comes from, with its seeds, machine, time and version of the code.
            </dd>
          </div>
        </dl>
        <h2>In your browser</h2>
        <p>
          “Run it here” loads the experiment’s own code, the same that made the verdict, and runs it in
          workers of your browser, by WebAssembly. Where the browser offers WebGPU it can be chosen instead,
          by <code>?device=webgpu</code> in the address; it adds in another order, so its numbers differ a
          little. By WebAssembly they are those of the terminal, but for the last digits of a browser’s own
          exponentials. Nothing is sent to this site.
        </p>
        <h2>From the terminal</h2>
        <p>
          <code class="command">npx offprint lab run 28</code>
        </p>
        <p>
          <code>offprint lab list</code> lists the papers, <code>show</code> tells one at length, and{' '}
          <code>--smoke</code>, <code>--short</code> and <code>--full</code> choose the size. A run that was
          stopped goes on where it was.
        </p>
        <h2>The next paper</h2>
        <p>
          How a method and its trial are added is told in <code>docs/add-a-method.md</code>, with a folder to
          copy. What is stored can be read by programs at <a href="/api/lab">/api/lab</a>.
        </p>
      </article>
    </Page>
  );
}

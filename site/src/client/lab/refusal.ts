// The sentence with which this site refuses something.

/** What stands under `error`, or the status where the answer is not ours. */
export async function refusalOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => undefined);
  const sentence: unknown =
    typeof body === 'object' && body !== null ? Reflect.get(body, 'error') : undefined;
  return typeof sentence === 'string' ? sentence : `The site answered with status ${response.status}.`;
}

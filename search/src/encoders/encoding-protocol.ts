// What the encoding thread and the thread that started it say to each other.
import { z } from 'zod';
import { SearchError } from '../errors.ts';

/** Which encoder the thread opens. */
export const encoderSpecSchema = z.discriminatedUnion('encoder', [
  z.object({ encoder: z.literal('minilm'), threads: z.int().min(1).optional() }),
  z.object({ encoder: z.literal('static'), file: z.string() }),
]);
export type EncoderSpec = z.infer<typeof encoderSpecSchema>;

/** To the thread: encode these, or end. */
export const requestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('encode'), id: z.int(), texts: z.array(z.string()) }),
  z.object({ kind: z.literal('close') }),
]);
export type EncodingRequest = z.infer<typeof requestSchema>;

const failureSchema = z.object({
  code: z.enum(['bad-input', 'damaged-file', 'foreign-file', 'unavailable']),
  message: z.string(),
});

/** From the thread: it is open, a request is done, or something failed; without an id, opening did. */
export const replySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('open'), name: z.string(), fingerprint: z.string(), dimensions: z.int() }),
  z.object({
    kind: z.literal('encoded'),
    id: z.int(),
    vectors: z.custom<Float32Array>((value) => value instanceof Float32Array),
  }),
  z.object({ kind: z.literal('failed'), id: z.int().optional(), failure: failureSchema }),
]);
export type EncodingReply = z.infer<typeof replySchema>;

/** An error as it travels: what is no SearchError is the thread's own failure. */
export function describeFailure(error: unknown): z.infer<typeof failureSchema> {
  if (error instanceof SearchError) return { code: error.code, message: error.message };
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'unavailable', message: `The encoder failed (${message}); try again.` };
}

// Shapes that several commands share. Nothing here knows a command.
import * as z from 'zod/mini';

/** Ids are lower-case UUIDs; ids that a client makes may be any short word without spaces. */
export const Id = z.string().check(z.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/));
export const ClientId = z.string().check(z.regex(/^[\x21-\x7e]{1,128}$/));
export const line = z.string().check(z.minLength(1), z.maxLength(200));
/** A path on the computer. */
export const folder = z.string().check(z.minLength(1), z.maxLength(4096));
export const nothing = z.object({});

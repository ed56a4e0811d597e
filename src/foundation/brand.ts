/**
 * A type with a name, so that an amount of points is never taken for a number of days.
 *
 * The key is a text and not a `unique symbol`: the declarations for `import` and for `require` then agree.
 */
export type Brand<A, N extends string> = A & { readonly '~brand': N }

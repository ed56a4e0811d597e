const isLong = Number(process.env['FC_RUNS'] ?? 0) >= 500

/** The whole of what takes long where FC_RUNS asks for many cases, as CI does, and a part of it in other runs. */
export const longRun = <A>(whole: A, part: A): A => (isLong ? whole : part)

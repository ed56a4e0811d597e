import fc from 'fast-check'

// A fixed seed makes every run the same. FC_SEED=random hunts with a new one (a failure prints the seed it used), and
// FC_RUNS sets how many cases each property tries.
const { FC_SEED, FC_RUNS } = process.env
const seed = FC_SEED === 'random' ? Date.now() % 0x7fffffff : Number(FC_SEED ?? 20260101)

fc.configureGlobal({ seed, numRuns: Number(FC_RUNS ?? 100), verbose: 0 })

// The peer DuckDB, in memory and on one thread, so that its CPU time is its running time.

interface Connection {
  readonly run: (sql: string) => Promise<unknown>
  readonly runAndReadAll: (sql: string) => Promise<{ readonly getRows: () => ReadonlyArray<ReadonlyArray<unknown>> }>
}

/** A database to run statements in and to read rows from. */
export interface DuckDb {
  readonly run: (sql: string) => Promise<unknown>
  readonly rows: (sql: string) => Promise<ReadonlyArray<ReadonlyArray<unknown>>>
}

/** A name that neither the type checker nor the bundler looks up: the peers are installed on first use only. */
const packageName: string = '@duckdb/node-api'

export const openDuckDb = async (): Promise<DuckDb> => {
  const { DuckDBInstance } = (await import(packageName)) as {
    readonly DuckDBInstance: {
      readonly create: (
        path: string,
        options: { readonly threads: string },
      ) => Promise<{ readonly connect: () => Promise<Connection> }>
    }
  }
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect()
  return {
    run: (sql) => connection.run(sql),
    rows: async (sql) => (await connection.runAndReadAll(sql)).getRows(),
  }
}

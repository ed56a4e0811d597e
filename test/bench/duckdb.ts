// The peer DuckDB, in this process and with two threads.

interface Reader {
  readonly getRows: () => ReadonlyArray<ReadonlyArray<unknown>>
}

interface Connection {
  readonly run: (sql: string) => Promise<unknown>
  readonly runAndReadAll: (sql: string) => Promise<Reader>
}

/** A name that neither the type checker nor the bundler looks up: the peers are installed on first use only. */
const packageName: string = '@duckdb/node-api'

/** A database in memory. */
export interface Database {
  readonly run: (sql: string) => Promise<unknown>
  /** Rows of numbers, texts and nulls. */
  readonly rows: (sql: string) => Promise<ReadonlyArray<ReadonlyArray<number | string | null>>>
}

const plain = (value: unknown): number | string | null => {
  if (value === null || typeof value === 'string') return value
  return Number(value)
}

export const openDatabase = async (): Promise<Database> => {
  const { DuckDBInstance } = (await import(packageName)) as {
    readonly DuckDBInstance: {
      readonly create: (
        path: string,
        options: Readonly<Record<string, string>>,
      ) => Promise<{ readonly connect: () => Promise<Connection> }>
    }
  }
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect()
  return {
    run: (sql) => connection.run(sql),
    rows: async (sql) => (await connection.runAndReadAll(sql)).getRows().map((row) => row.map(plain)),
  }
}

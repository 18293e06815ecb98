/** What `--help` prints. */
export const HELP = `Spark SQL over Parquet files.

Usage
  tindra sql QUERY | -f FILE | -      run a query; - or nothing reads it from standard input
  tindra explain [--mode M] QUERY     show how a query would run:
                                      simple, extended, formatted, cost, codegen, stages
  tindra schema PATH                  show the columns of Parquet files

Options
  --table NAME=PATH   name files, a folder or a glob for the query; repeatable
  --format F          table (default), json, jsonl, csv, markdown, arrow
  --output FILE       write the result there, all or nothing; its name decides the format:
                      .json, .jsonl, .csv, .md, .arrow
  --workers N         threads (default: the machine's cores)
  --memory SIZE       memory of all threads together, e.g. 2g
  --set KEY=VALUE     a setting, e.g. spark.sql.session.timeZone=UTC; repeatable
  --events FILE       write what happens as JSON lines
  --on aws            run on an engine that was deployed: --engine NAME, and --region R unless
                      AWS_REGION says it
  --budget DOLLARS    refuse a query that would cost more on AWS, end one that does
  --max-bytes SIZE    the same for the bytes of data that it reads, e.g. 10g
  --metrics           print to standard error what the query took, and what it costs on AWS
  --help, --version

Files can be named in a query too: SELECT * FROM parquet.\`flights.parquet\`

Exit status: 0; 1 for an error in the query or its data; 2 for wrong use; 130 when interrupted.
`;
